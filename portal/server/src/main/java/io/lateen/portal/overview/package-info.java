/** The first page: how many, how many of them well, and what is wrong. */
@org.jspecify.annotations.NullMarked
package io.lateen.portal.overview;

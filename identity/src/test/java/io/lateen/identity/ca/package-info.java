/** Tests of the authority's clients. */
@org.jspecify.annotations.NullMarked
package io.lateen.identity.ca;

/** Tests of the authority. */
@org.jspecify.annotations.NullMarked
package io.lateen.authca;

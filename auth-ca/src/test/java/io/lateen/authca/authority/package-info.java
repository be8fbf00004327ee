/** Tests of the root. */
@org.jspecify.annotations.NullMarked
package io.lateen.authca.authority;

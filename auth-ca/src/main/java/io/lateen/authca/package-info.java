/**
 * The certificate authority's program. {@link io.lateen.authca.AuthCa} starts it, {@link
 * io.lateen.authca.AuthCaConfiguration} says what it is made of.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.authca;

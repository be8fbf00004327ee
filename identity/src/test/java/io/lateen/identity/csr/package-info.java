/** Tests of certificate requests. */
@org.jspecify.annotations.NullMarked
package io.lateen.identity.csr;

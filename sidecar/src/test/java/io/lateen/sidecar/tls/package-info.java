/** Tests of TLS, and certificates for those of other packages. */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.tls;

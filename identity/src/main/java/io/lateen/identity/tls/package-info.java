/**
 * TLS by a {@link io.lateen.identity.CertificateSource}: credentials for gRPC servers and channels
 * that show the certificate in force at each handshake, take peers of the mesh alone, and tell who
 * called. BoringSSL underneath. Called by gRPC on its event loops.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.identity.tls;

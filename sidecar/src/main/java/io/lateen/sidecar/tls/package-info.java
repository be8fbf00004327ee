/**
 * TLS by BoringSSL: contexts made of the workload's certificate and made anew when it is renewed,
 * handshakes on the event loops, peers known by their SPIFFE IDs, and the reading of a client's
 * first message.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.tls;

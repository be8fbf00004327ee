/**
 * The authority on the wire: Istio's certificate service over gRPC and TLS, with a certificate of
 * its own. Calls run on virtual threads.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.authca.serve;

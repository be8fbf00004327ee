/**
 * A stock xDS server (java-control-plane) with what docs/reference/xds.md says of one service: the
 * sidecar under test takes its configuration from somebody else's implementation.
 *
 * <p>Called from the bench's main thread; gRPC's own threads serve the stream.
 */
@NullMarked
package io.lateen.bench.control;

import org.jspecify.annotations.NullMarked;

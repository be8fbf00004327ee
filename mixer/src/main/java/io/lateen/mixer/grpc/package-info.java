/**
 * The mixer's gRPC server: takes in Envoy's access records. The only place that sees Envoy's
 * messages. Its methods run on the threads of the network and never block.
 */
@NullMarked
package io.lateen.mixer.grpc;

import org.jspecify.annotations.NullMarked;

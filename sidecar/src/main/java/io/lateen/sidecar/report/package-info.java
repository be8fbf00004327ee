/**
 * Reports requests and connections to whom their listener names, over Envoy's gRPC access-log
 * service. Records are taken down on the event loops, one allocation each and no lock; one thread
 * of its own makes messages of them and waits for the network. What finds no room is counted.
 */
@NullMarked
package io.lateen.sidecar.report;

import org.jspecify.annotations.NullMarked;

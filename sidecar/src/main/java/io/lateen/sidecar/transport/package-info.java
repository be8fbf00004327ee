/**
 * Sockets: binds what the plan names, finds out what a connection speaks, puts the right handler
 * into its pipeline, and lets everything end in order.
 *
 * <p>{@link io.lateen.sidecar.transport.Listeners} is the entry point, called by the configuration
 * thread and at shutdown; handlers run on the event loops.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.transport;

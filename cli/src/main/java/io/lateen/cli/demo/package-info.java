/**
 * A whole mesh on this host: PostgreSQL, the manager, an ingress gateway and the sample
 * application, each workload with its sidecar on a loopback address of its own.
 *
 * <p>Called by {@code lateen up} on the main thread; what it starts is watched on virtual threads.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.cli.demo;

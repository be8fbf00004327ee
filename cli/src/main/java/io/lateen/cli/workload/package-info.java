/**
 * A workload: an application and its sidecar, started in that order's reverse, watched over
 * together, and stopped so that the application keeps its way out until it has ended.
 *
 * <p>Called by {@code lateen run} for one, and by {@code demo} for several at once, from any
 * thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.cli.workload;

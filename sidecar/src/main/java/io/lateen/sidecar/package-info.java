/**
 * The proxy: the program's start, and the composition root that puts its parts together.
 *
 * <p>Two kinds of threads: event loops carry traffic, and one configuration thread does everything
 * else. What they share is immutable and handed over through {@link
 * io.lateen.sidecar.plan.LivePlan}.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar;

/**
 * Traffic for the systems under test: wrk for the closed loop, our own constant-rate generator for
 * latency.
 *
 * <p>Called by {@code io.lateen.bench} from its main thread; the generator owns one event loop of
 * its own for the length of one slot.
 */
@NullMarked
package io.lateen.bench.load;

import org.jspecify.annotations.NullMarked;

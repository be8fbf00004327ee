/**
 * Processes that this program starts and answers for: each in a session of its own, so that Ctrl-C
 * reaches them in our order and not all at once; each told by the kernel when we are gone; each
 * written down, so that the next start can clear away what a killed one left.
 *
 * <p>Called by {@code workload}, {@code postgres} and {@code demo}, from any thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.cli.process;

/**
 * Processes under measurement: started on one CPU, their processor time and memory read from /proc.
 *
 * <p>Called from the bench's main thread.
 */
@NullMarked
package io.lateen.bench.process;

import org.jspecify.annotations.NullMarked;

/**
 * What happened between workloads, counted in fixed memory: an {@link
 * io.lateen.mixer.report.EdgeBook} is written by the threads of the gRPC server, read by whoever
 * draws a graph or keeps a snapshot. Values in, values out; time is an argument.
 */
@NullMarked
package io.lateen.mixer.report;

import org.jspecify.annotations.NullMarked;

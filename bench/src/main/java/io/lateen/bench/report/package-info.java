/**
 * What was measured: same-round ratios, medians, the table and the files under docs.
 *
 * <p>Values only; called from the bench's main thread.
 */
@NullMarked
package io.lateen.bench.report;

import org.jspecify.annotations.NullMarked;

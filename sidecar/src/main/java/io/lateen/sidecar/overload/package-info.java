/**
 * When there is no room for more work. Measured a few times a second on a thread of its own; asked
 * on event loops, for every request, at the cost of one read.
 */
@NullMarked
package io.lateen.sidecar.overload;

import org.jspecify.annotations.NullMarked;

/**
 * The systems compared: each knows how to be configured and started with one matched route and its
 * metrics on.
 *
 * <p>Called from the bench's main thread.
 */
@NullMarked
package io.lateen.bench.proxy;

import org.jspecify.annotations.NullMarked;

/** Remembers what a generator gave for its key. Pure but for the memory itself; any thread. */
@NullMarked
package io.lateen.manager.translate.memo;

import org.jspecify.annotations.NullMarked;

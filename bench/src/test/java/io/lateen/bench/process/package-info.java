/** What is read from /proc. */
@NullMarked
package io.lateen.bench.process;

import org.jspecify.annotations.NullMarked;

/** The whole mesh: what it promises to its users, shown with real processes on loopback. */
@NullMarked
package io.lateen.e2e;

import org.jspecify.annotations.NullMarked;

/** Tables of what is visible, addressed and declared. */
@NullMarked
package io.lateen.manager.snapshot;

import org.jspecify.annotations.NullMarked;

/** Tests of what happens when memory runs short. */
@NullMarked
package io.lateen.sidecar.overload;

import org.jspecify.annotations.NullMarked;

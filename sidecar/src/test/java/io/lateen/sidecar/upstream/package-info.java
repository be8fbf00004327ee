/** Tests of forwarding. */
@NullMarked
package io.lateen.sidecar.upstream;

import org.jspecify.annotations.NullMarked;

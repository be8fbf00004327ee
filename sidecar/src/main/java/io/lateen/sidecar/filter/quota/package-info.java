/**
 * Asks somebody else, before a request is sent on, whether it is within limits of the whole mesh.
 */
@NullMarked
package io.lateen.sidecar.filter.quota;

import org.jspecify.annotations.NullMarked;

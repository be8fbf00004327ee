/**
 * Asks Envoy's rate-limit service: over a connection of each event loop's own, so that a question
 * and its answer never leave the request's thread.
 */
@NullMarked
package io.lateen.sidecar.quota;

import org.jspecify.annotations.NullMarked;

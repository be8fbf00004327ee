/**
 * Asks the application whether it is well, and says whether the sidecar itself is ready. Probes run
 * on an event loop, a few a second; what they find is told to the configuration thread.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.health;

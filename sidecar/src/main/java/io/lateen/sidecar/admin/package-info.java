/**
 * Pages about the sidecar itself: the admin pages on loopback, and the small servers of metrics and
 * readiness. Pages are made on the configuration thread, so that a large one costs traffic nothing.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.admin;

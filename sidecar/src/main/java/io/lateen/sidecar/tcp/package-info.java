/**
 * Carries raw TCP connections between clients and clusters: bytes both ways, each half closed on
 * its own. Called by {@code transport} when a connection turns out not to be HTTP; everything of a
 * connection runs on its event loop.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.tcp;

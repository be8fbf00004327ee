/**
 * Carries exchanges: from a request's head through its route's filters to a cluster, an endpoint, a
 * connection, and the response back; with retries, timeouts, limits, outlier detection and mirrors.
 *
 * <p>{@code http1} and {@code http2} bring requests ({@link io.lateen.sidecar.upstream.Downstream})
 * and speak to endpoints ({@link io.lateen.sidecar.upstream.UpstreamConnection}); {@code tcp} uses
 * the same clusters for raw connections. Each event loop has its own {@link
 * io.lateen.sidecar.upstream.Worker} with its own pools; what must hold for the whole sidecar
 * (limits, ejections) is in {@link io.lateen.sidecar.upstream.SharedClusters}.
 */
@org.jspecify.annotations.NullMarked
package io.lateen.sidecar.upstream;

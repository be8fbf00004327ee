package io.lateen.sidecar.plan;

/**
 * Passes connections on as bytes.
 *
 * @param statPrefix names the listener in statistics
 * @param clusters where to
 * @param idleTimeoutNanos a connection silent for so long is closed; 0 for no limit
 * @param origin the rule behind it
 */
public record TcpPlan(
        String statPrefix, ClusterChoice clusters, long idleTimeoutNanos, RouteOrigin origin) {}

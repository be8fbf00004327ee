package io.lateen.manager.translate.cluster;

import io.lateen.model.resource.ConnectionPool;
import io.lateen.model.resource.LoadBalancer;
import io.lateen.model.resource.TrafficPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The traffic policy that is left for one port of a host or a subset. What is null has the mesh's
 * default.
 *
 * @param loadBalancer which endpoint is next
 * @param connectionPool how many connections and requests at once
 * @param outlierDetection when an endpoint is set aside
 * @param tls how the connection is encrypted
 * @param tunnel through which the connection goes
 * @param proxyProtocol told to the server before the first byte
 * @param retryBudget how many retries at once
 */
public record PortTraffic(
        @Nullable LoadBalancer loadBalancer,
        @Nullable ConnectionPool connectionPool,
        TrafficPolicy.@Nullable OutlierDetection outlierDetection,
        TrafficPolicy.@Nullable ClientTls tls,
        TrafficPolicy.@Nullable Tunnel tunnel,
        TrafficPolicy.@Nullable ProxyProtocol proxyProtocol,
        TrafficPolicy.@Nullable RetryBudget retryBudget) {

    /** The mesh's defaults. */
    public static final PortTraffic DEFAULT =
            new PortTraffic(null, null, null, null, null, null, null);

    /** The policy of the host itself on one port. */
    public static PortTraffic of(@Nullable TrafficPolicy host, int port) {
        return host == null ? DEFAULT : DEFAULT.overriddenBy(host, port);
    }

    /**
     * This one with another written over it: block by block, and then, where the other has settings
     * for this very port, all four blocks from there, also the missing ones.
     */
    public PortTraffic overriddenBy(@Nullable TrafficPolicy other, int port) {
        if (other == null) {
            return this;
        }
        PortTraffic merged =
                new PortTraffic(
                        or(other.loadBalancer(), loadBalancer),
                        or(other.connectionPool(), connectionPool),
                        or(other.outlierDetection(), outlierDetection),
                        or(other.tls(), tls),
                        or(other.tunnel(), tunnel),
                        or(other.proxyProtocol(), proxyProtocol),
                        or(other.retryBudget(), retryBudget));
        for (TrafficPolicy.PortPolicy single : other.portLevelSettings()) {
            if (single.port().number() == port) {
                return merged.replacedBy(single);
            }
        }
        return merged;
    }

    private PortTraffic replacedBy(TrafficPolicy.PortPolicy single) {
        return new PortTraffic(
                single.loadBalancer(),
                single.connectionPool(),
                single.outlierDetection(),
                single.tls(),
                tunnel,
                proxyProtocol,
                retryBudget);
    }

    /** How the key of a request is found, where requests of one key go to one endpoint. */
    public LoadBalancer.@Nullable ConsistentHash consistentHash() {
        return loadBalancer == null ? null : loadBalancer.consistentHash();
    }

    private static <T> @Nullable T or(@Nullable T preferred, @Nullable T otherwise) {
        return preferred == null ? otherwise : preferred;
    }
}

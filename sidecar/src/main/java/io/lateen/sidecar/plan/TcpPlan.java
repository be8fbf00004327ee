package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.ConnectionFilter;
import io.lateen.sidecar.exchange.Recording;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes connections on as bytes.
 *
 * @param statPrefix names the listener in statistics
 * @param clusters where to
 * @param idleTimeoutNanos a connection silent for so long is closed; 0 for no limit
 * @param longestLifeNanos any connection is closed after so long; 0 for no limit
 * @param bySourceAddress whether a client's address keeps its endpoint, where the cluster hashes
 * @param origin the rule behind it
 * @param filters what a connection is asked first, in order
 * @param recording where records of connections go; null for nowhere
 */
public record TcpPlan(
        String statPrefix,
        ClusterChoice clusters,
        long idleTimeoutNanos,
        long longestLifeNanos,
        boolean bySourceAddress,
        RouteOrigin origin,
        List<ConnectionFilter> filters,
        @Nullable Recording recording) {

    public TcpPlan {
        filters = List.copyOf(filters);
    }

    /** Takes every connection. */
    public TcpPlan(
            String statPrefix, ClusterChoice clusters, long idleTimeoutNanos, RouteOrigin origin) {
        this(statPrefix, clusters, idleTimeoutNanos, 0, false, origin, List.of(), null);
    }

    /** The same, but for connections that these let pass. */
    TcpPlan behind(List<ConnectionFilter> asked) {
        return new TcpPlan(
                statPrefix,
                clusters,
                idleTimeoutNanos,
                longestLifeNanos,
                bySourceAddress,
                origin,
                asked,
                recording);
    }
}

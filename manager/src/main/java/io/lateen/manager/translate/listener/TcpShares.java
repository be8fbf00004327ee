package io.lateen.manager.translate.listener;

import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.type.v3.HashPolicy;
import io.lateen.manager.translate.cluster.PortTraffic;
import io.lateen.manager.translate.envoy.Deterministic;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.naming.ClusterName;
import io.lateen.model.resource.ConnectionPool;
import io.lateen.model.resource.LoadBalancer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where connections go, by weight, and how long they live.
 *
 * @param shares one or more; a single one takes all
 * @param idleTimeout after which a silent connection is closed; null means 1 h
 * @param longestLife after which any connection is closed; null means never
 * @param bySourceAddress whether a client's connections go to one endpoint
 */
record TcpShares(
        List<Share> shares,
        @Nullable Duration idleTimeout,
        @Nullable Duration longestLife,
        boolean bySourceAddress) {

    /** A cluster and its weight among its siblings. */
    record Share(String cluster, int weight) {}

    TcpShares {
        shares = List.copyOf(shares);
    }

    /** All connections go to one cluster that no service stands for. */
    static TcpShares all(String cluster) {
        return new TcpShares(List.of(new Share(cluster, 1)), null, null, false);
    }

    /** Shares of which the first decides how connections are treated, as in Istio. */
    static TcpShares of(List<Share> shares, PortTraffic traffic) {
        ConnectionPool pool = traffic.connectionPool();
        ConnectionPool.TcpSettings tcp = pool == null ? null : pool.tcp();
        LoadBalancer.ConsistentHash hash = traffic.consistentHash();
        return new TcpShares(
                shares,
                tcp == null ? null : tcp.idleTimeout(),
                tcp == null ? null : tcp.maxConnectionDuration(),
                hash != null && hash.useSourceIp());
    }

    /** No connection goes anywhere: the shares are all zero. */
    static TcpShares none() {
        return all(ClusterName.BLACK_HOLE);
    }

    /** As the only filter of a chain. */
    Filter filter(String statPrefix, AccessLogging accessLog) {
        TcpProxy.Builder proxy =
                TcpProxy.newBuilder()
                        .setStatPrefix(statPrefix)
                        .addAllAccessLog(AccessLogs.ofConnections(accessLog));
        if (shares.size() == 1) {
            proxy.setCluster(shares.getFirst().cluster());
        } else {
            proxy.setWeightedClusters(weighted());
        }
        if (idleTimeout != null) {
            proxy.setIdleTimeout(Words.duration(idleTimeout));
        }
        if (longestLife != null) {
            proxy.setMaxDownstreamConnectionDuration(Words.duration(longestLife));
        }
        if (bySourceAddress) {
            proxy.addHashPolicy(
                    HashPolicy.newBuilder().setSourceIp(HashPolicy.SourceIp.getDefaultInstance()));
        }
        return Filter.newBuilder()
                .setName("envoy.filters.network.tcp_proxy")
                .setTypedConfig(Deterministic.any(proxy.build()))
                .build();
    }

    private TcpProxy.WeightedCluster weighted() {
        TcpProxy.WeightedCluster.Builder weighted = TcpProxy.WeightedCluster.newBuilder();
        for (Share share : shares) {
            weighted.addClusters(
                    TcpProxy.WeightedCluster.ClusterWeight.newBuilder()
                            .setName(share.cluster())
                            .setWeight(share.weight()));
        }
        return weighted.build();
    }
}

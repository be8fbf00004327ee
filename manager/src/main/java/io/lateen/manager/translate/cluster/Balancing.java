package io.lateen.manager.translate.cluster;

import com.google.protobuf.UInt64Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.type.v3.Percent;
import io.lateen.model.resource.LoadBalancer;
import org.jspecify.annotations.Nullable;

/** How the next endpoint is chosen. */
final class Balancing {

    private static final long RING_SIZE = 1024;

    private Balancing() {}

    /**
     * Writes the balancer. Endpoints that are known to be unhealthy are never used, however many
     * they are: Envoy's panic threshold is for large clusters and is switched off, as in Istio.
     */
    static void apply(
            Cluster.Builder cluster,
            @Nullable LoadBalancer loadBalancer,
            OutboundCluster.Reader reader,
            boolean passthrough) {
        cluster.setCommonLbConfig(
                Cluster.CommonLbConfig.newBuilder()
                        .setHealthyPanicThreshold(Percent.getDefaultInstance()));
        if (passthrough) {
            cluster.setLbPolicy(Cluster.LbPolicy.CLUSTER_PROVIDED);
        } else if (loadBalancer != null && loadBalancer.consistentHash() != null) {
            byHash(cluster, loadBalancer.consistentHash());
        } else {
            cluster.setLbPolicy(simple(loadBalancer, reader));
        }
    }

    private static void byHash(Cluster.Builder cluster, LoadBalancer.ConsistentHash hash) {
        LoadBalancer.Maglev maglev = hash.maglev();
        if (maglev != null) {
            cluster.setLbPolicy(Cluster.LbPolicy.MAGLEV);
            Long tableSize = maglev.tableSize();
            if (tableSize != null) {
                cluster.setMaglevLbConfig(
                        Cluster.MaglevLbConfig.newBuilder()
                                .setTableSize(UInt64Value.of(tableSize)));
            }
            return;
        }
        LoadBalancer.RingHash ring = hash.ringHash();
        Long size = ring == null ? hash.minimumRingSize() : ring.minimumRingSize();
        cluster.setLbPolicy(Cluster.LbPolicy.RING_HASH)
                .setRingHashLbConfig(
                        Cluster.RingHashLbConfig.newBuilder()
                                .setMinimumRingSize(
                                        UInt64Value.of(
                                                size == null || size == 0 ? RING_SIZE : size)));
    }

    private static Cluster.LbPolicy simple(
            @Nullable LoadBalancer loadBalancer, OutboundCluster.Reader reader) {
        Cluster.LbPolicy otherwise =
                switch (reader) {
                    case PROXY -> Cluster.LbPolicy.LEAST_REQUEST;
                    case GRPC -> Cluster.LbPolicy.ROUND_ROBIN;
                };
        LoadBalancer.Simple simple = loadBalancer == null ? null : loadBalancer.simple();
        if (simple == null || reader == OutboundCluster.Reader.GRPC) {
            return otherwise;
        }
        return switch (simple) {
            case UNSPECIFIED, LEAST_CONN, LEAST_REQUEST -> otherwise;
            case RANDOM -> Cluster.LbPolicy.RANDOM;
            case ROUND_ROBIN -> Cluster.LbPolicy.ROUND_ROBIN;
            case PASSTHROUGH -> Cluster.LbPolicy.CLUSTER_PROVIDED;
        };
    }
}

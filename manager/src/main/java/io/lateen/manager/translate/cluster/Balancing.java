package io.lateen.manager.translate.cluster;

import com.google.protobuf.UInt64Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.RuntimeDouble;
import io.envoyproxy.envoy.type.v3.Percent;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.resource.LoadBalancer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the next endpoint is chosen. */
final class Balancing {

    private static final long RING_SIZE = 1024;

    /** Istio's, in percent. */
    private static final double LEAST_SHARE = 10;

    private Balancing() {}

    /**
     * Writes the balancer. Endpoints that are known to be unhealthy are never used, however many
     * they are: Envoy's panic threshold is for large clusters and is switched off, as in Istio.
     */
    static void apply(
            Cluster.Builder cluster,
            PortTraffic traffic,
            OutboundCluster.Reader reader,
            boolean passthrough) {
        LoadBalancer loadBalancer = traffic.loadBalancer();
        Cluster.CommonLbConfig.Builder common =
                Cluster.CommonLbConfig.newBuilder()
                        .setHealthyPanicThreshold(Percent.getDefaultInstance());
        if (!passthrough && LocalityRule.byWeight(traffic)) {
            common.setLocalityWeightedLbConfig(
                    Cluster.CommonLbConfig.LocalityWeightedLbConfig.getDefaultInstance());
        }
        cluster.setCommonLbConfig(common);
        if (passthrough) {
            cluster.setLbPolicy(Cluster.LbPolicy.CLUSTER_PROVIDED);
        } else if (loadBalancer != null && loadBalancer.consistentHash() != null) {
            byHash(cluster, loadBalancer.consistentHash());
        } else {
            cluster.setLbPolicy(simple(loadBalancer, reader));
            if (reader == OutboundCluster.Reader.PROXY && loadBalancer != null) {
                warmUp(cluster, loadBalancer);
            }
        }
    }

    /** Only these two know shares that grow. */
    private static void warmUp(Cluster.Builder cluster, LoadBalancer loadBalancer) {
        LoadBalancer.Warmup warmup = loadBalancer.warmup();
        Duration window = warmup == null ? loadBalancer.warmupDurationSecs() : warmup.duration();
        if (window == null) {
            return;
        }
        Double aggression = warmup == null ? null : warmup.aggression();
        Double least = warmup == null ? null : warmup.minimumPercent();
        Cluster.SlowStartConfig slowStart =
                Cluster.SlowStartConfig.newBuilder()
                        .setSlowStartWindow(Words.duration(window))
                        .setAggression(
                                RuntimeDouble.newBuilder()
                                        .setRuntimeKey("upstream.slow_start.aggression")
                                        .setDefaultValue(
                                                aggression == null || aggression == 0
                                                        ? 1
                                                        : aggression))
                        .setMinWeightPercent(
                                Percent.newBuilder().setValue(least == null ? LEAST_SHARE : least))
                        .build();
        switch (cluster.getLbPolicy()) {
            case ROUND_ROBIN ->
                    cluster.setRoundRobinLbConfig(
                            Cluster.RoundRobinLbConfig.newBuilder().setSlowStartConfig(slowStart));
            case LEAST_REQUEST ->
                    cluster.setLeastRequestLbConfig(
                            Cluster.LeastRequestLbConfig.newBuilder()
                                    .setSlowStartConfig(slowStart));
            case RANDOM,
                    RING_HASH,
                    MAGLEV,
                    CLUSTER_PROVIDED,
                    LOAD_BALANCING_POLICY_CONFIG,
                    UNRECOGNIZED -> {}
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

package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import org.jspecify.annotations.Nullable;

/** Makes balancing from {@code envoy.config.cluster.v3.Cluster}, with Envoy's defaults. */
final class BalancingFactory {
    private static final int PANIC_PERCENT = 50;
    private static final double LEAST_SHARE = 0.1;
    private static final long MAX_RING = 8_388_608;

    private BalancingFactory() {}

    static BalancingPlan balancing(Cluster from) throws Refusal {
        Cluster.CommonLbConfig common = from.getCommonLbConfig();
        int panic =
                common.hasHealthyPanicThreshold()
                        ? Math.clamp(
                                Math.round(common.getHealthyPanicThreshold().getValue()), 0, 100)
                        : PANIC_PERCENT;
        return new BalancingPlan(
                policy(from), panic, common.hasLocalityWeightedLbConfig(), warmUp(from));
    }

    private static LbPolicy policy(Cluster from) throws Refusal {
        return switch (from.getLbPolicy()) {
            case ROUND_ROBIN -> new LbPolicy.RoundRobin();
            case LEAST_REQUEST -> {
                int choices = from.getLeastRequestLbConfig().getChoiceCount().getValue();
                yield new LbPolicy.LeastRequest(Math.max(2, choices));
            }
            case RANDOM -> new LbPolicy.Random();
            case RING_HASH -> ring(from.getRingHashLbConfig());
            case MAGLEV -> maglev(from.getMaglevLbConfig());
            case CLUSTER_PROVIDED -> new LbPolicy.ByDiscovery();
            case LOAD_BALANCING_POLICY_CONFIG, UNRECOGNIZED ->
                    throw new Refusal("lb_policy", "is not supported by this sidecar");
        };
    }

    private static LbPolicy ring(Cluster.RingHashLbConfig ring) throws Refusal {
        long least = ring.hasMinimumRingSize() ? ring.getMinimumRingSize().getValue() : 1024;
        long most = ring.hasMaximumRingSize() ? ring.getMaximumRingSize().getValue() : MAX_RING;
        if (least < 0 || most < least || most > MAX_RING) {
            throw new Refusal(
                    "ring_hash_lb_config.maximum_ring_size",
                    "is %d with a minimum of %d; expected minimum <= maximum <= %d"
                            .formatted(most, least, MAX_RING));
        }
        return new LbPolicy.RingHash(least, most);
    }

    private static LbPolicy maglev(Cluster.MaglevLbConfig maglev) throws Refusal {
        long size = maglev.hasTableSize() ? maglev.getTableSize().getValue() : 65_537;
        // Envoy's bounds. A table that is no prime would leave hosts without places of their own.
        if (size < 2 || size > 5_000_011 || !isPrime(size)) {
            throw new Refusal(
                    "maglev_lb_config.table_size",
                    "is %d; expected a prime number of at most 5000011".formatted(size));
        }
        return new LbPolicy.Maglev(size);
    }

    private static boolean isPrime(long number) {
        for (long divisor = 2; divisor * divisor <= number; divisor++) {
            if (number % divisor == 0) {
                return false;
            }
        }
        return true;
    }

    private static BalancingPlan.@Nullable WarmUp warmUp(Cluster from) throws Refusal {
        return switch (from.getLbPolicy()) {
            case ROUND_ROBIN ->
                    from.getRoundRobinLbConfig().hasSlowStartConfig()
                            ? warmUp(
                                    from.getRoundRobinLbConfig().getSlowStartConfig(),
                                    "round_robin_lb_config.slow_start_config")
                            : null;
            case LEAST_REQUEST ->
                    from.getLeastRequestLbConfig().hasSlowStartConfig()
                            ? warmUp(
                                    from.getLeastRequestLbConfig().getSlowStartConfig(),
                                    "least_request_lb_config.slow_start_config")
                            : null;
            case RANDOM,
                    RING_HASH,
                    MAGLEV,
                    CLUSTER_PROVIDED,
                    LOAD_BALANCING_POLICY_CONFIG,
                    UNRECOGNIZED ->
                    null;
        };
    }

    private static BalancingPlan.@Nullable WarmUp warmUp(Cluster.SlowStartConfig from, String at)
            throws Refusal {
        long window = Reading.nanos(from.getSlowStartWindow(), at + ".slow_start_window");
        double aggression = from.hasAggression() ? from.getAggression().getDefaultValue() : 1;
        if (!(aggression > 0)) {
            throw new Refusal(
                    at + ".aggression", "is %s; expected more than 0".formatted(aggression));
        }
        double least =
                from.hasMinWeightPercent()
                        ? from.getMinWeightPercent().getValue() / 100
                        : LEAST_SHARE;
        return window == 0
                ? null
                : new BalancingPlan.WarmUp(window, aggression, Math.clamp(least, 0, 1));
    }
}

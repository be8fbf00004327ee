package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.WorkloadFacts;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * One place of a cluster.
 *
 * @param address where to connect; unresolved for the DNS kinds
 * @param weight its share among its peers, at least 1
 * @param health what the manager says of it
 * @param priority 0 is used first, the next when too few of it are healthy
 * @param locality {@code region/zone/subzone}, empty where not known
 * @param workload who answers there
 * @param transportLabels by which the cluster chooses how to speak to it ({@code tlsMode: istio})
 */
public record EndpointPlan(
        InetSocketAddress address,
        int weight,
        Health health,
        int priority,
        String locality,
        WorkloadFacts workload,
        Map<String, String> transportLabels) {

    public EndpointPlan {
        transportLabels = Map.copyOf(transportLabels);
    }

    /** An endpoint without labels. */
    public EndpointPlan(
            InetSocketAddress address,
            int weight,
            Health health,
            int priority,
            String locality,
            WorkloadFacts workload) {
        this(address, weight, health, priority, locality, workload, Map.of());
    }

    /** What the manager says of an endpoint. */
    public enum Health {
        /** It may be used. */
        HEALTHY,
        /** It may be used when the healthy ones do not suffice. */
        DEGRADED,
        /** It may not be used, unless all are so and panic routing is on. */
        UNHEALTHY,
        /** It ends its work and gets nothing new. */
        DRAINING
    }

    /** Whether requests may go there in the ordinary case. */
    public boolean usable() {
        return health == Health.HEALTHY || health == Health.DEGRADED;
    }
}

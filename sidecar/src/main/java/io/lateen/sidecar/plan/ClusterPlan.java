package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.ClusterFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group of endpoints that requests are balanced over.
 *
 * @param name {@code outbound|9080|v1|reviews.default.svc.cluster.local}
 * @param discovery how its endpoints are found
 * @param balancing how requests are spread over them
 * @param endpoints those that were given; names still to be resolved for the DNS kinds
 * @param connections how connections are made and kept
 * @param limits what is refused beyond
 * @param outlier when an endpoint is left out; null for never
 * @param check how endpoints are asked for their health; null where they are not
 * @param facts what telemetry says about the destination
 * @param transport which endpoints are spoken to in TLS, and how
 */
public record ClusterPlan(
        String name,
        Discovery discovery,
        BalancingPlan balancing,
        List<EndpointPlan> endpoints,
        ConnectionPolicy connections,
        ClusterLimits limits,
        @Nullable OutlierPlan outlier,
        @Nullable HealthCheckPlan check,
        ClusterFacts facts,
        EndpointTransport transport) {

    public ClusterPlan {
        endpoints = List.copyOf(endpoints);
    }

    /** Changes only when pooled connections may not be used any more. */
    public String connectionHash() {
        return connections.hash();
    }
}

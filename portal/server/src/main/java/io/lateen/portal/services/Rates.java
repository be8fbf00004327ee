package io.lateen.portal.services;

import io.lateen.portal.mesh.TrafficEdge;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Sums edges up. Values in, values out. */
final class Rates {
    private Rates() {}

    /** What was asked over several edges; latencies are those of the slowest. */
    static ServiceSummary.Traffic of(Collection<TrafficEdge> edges) {
        double requests = 0;
        double errors = 0;
        Double p50 = null;
        Double p95 = null;
        Double p99 = null;
        for (TrafficEdge edge : edges) {
            requests += edge.requestsPerSecond();
            errors += edge.requestsPerSecond() * edge.errorRate();
            p50 = larger(p50, edge.p50());
            p95 = larger(p95, edge.p95());
            p99 = larger(p99, edge.p99());
        }
        return new ServiceSummary.Traffic(
                requests, requests == 0 ? 0 : errors / requests, p50, p95, p99);
    }

    private static @Nullable Double larger(@Nullable Double one, @Nullable Double other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.max(one, other);
    }
}

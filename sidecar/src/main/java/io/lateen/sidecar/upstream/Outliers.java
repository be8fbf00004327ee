package io.lateen.sidecar.upstream;

import io.lateen.sidecar.plan.ClusterPlan;
import io.lateen.sidecar.plan.OutlierPlan;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves out endpoints that keep failing, for a time, as long as enough others remain (Envoy's
 * outlier detection). Stateless; the state is in {@link EndpointHealth}.
 */
final class Outliers {
    private static final Logger log = LoggerFactory.getLogger(Outliers.class);

    private Outliers() {}

    static void answered(EventLoop loop, ClusterPool cluster, EndpointHealth health, int status) {
        OutlierPlan plan = cluster.plan().outlier();
        if (plan != null && health.answered(status, plan)) {
            eject(loop, cluster, health, plan);
        }
    }

    static void failed(EventLoop loop, ClusterPool cluster, EndpointHealth health) {
        OutlierPlan plan = cluster.plan().outlier();
        if (plan != null && health.failed(plan)) {
            eject(loop, cluster, health, plan);
        }
    }

    private static void eject(
            EventLoop loop, ClusterPool cluster, EndpointHealth health, OutlierPlan plan) {
        SharedCluster shared = cluster.shared();
        ClusterPlan clusterPlan = cluster.plan();
        // Envoy: one may always be left out, however small the percentage.
        int allowed = Math.max(1, clusterPlan.endpoints().size() * plan.maxEjectionPercent() / 100);
        if (plan.maxEjectionPercent() == 0 || shared.ejected() >= allowed) {
            return;
        }
        long nanos = health.eject(plan);
        if (nanos == 0) {
            return;
        }
        shared.healthChanged();
        log.info(
                "an endpoint is left out because it keeps failing; cluster={} endpoint={} millis={}",
                clusterPlan.name(),
                health.address(),
                TimeUnit.NANOSECONDS.toMillis(nanos));
        var _ =
                loop.schedule(
                        () -> {
                            health.readmit();
                            shared.healthChanged();
                            forgiveLater(loop, health, plan.intervalNanos());
                        },
                        nanos,
                        TimeUnit.NANOSECONDS);
    }

    // With each interval that it stays, the next ejection is shorter by one base time.
    private static void forgiveLater(EventLoop loop, EndpointHealth health, long intervalNanos) {
        int bout = health.bouts();
        var _ =
                loop.schedule(
                        () -> {
                            if (health.forgive(bout)) {
                                forgiveLater(loop, health, intervalNanos);
                            }
                        },
                        intervalNanos,
                        TimeUnit.NANOSECONDS);
    }
}

package io.lateen.manager.translate.cluster;

import io.lateen.manager.translate.endpoint.ClientPlace;
import io.lateen.manager.translate.endpoint.Nearness;
import io.lateen.model.resource.LoadBalancer;
import io.lateen.model.resource.LoadBalancer.LocalityPreference;
import org.jspecify.annotations.Nullable;

/**
 * Whether localities count for a port's traffic. In the mesh they do unless a rule says {@code
 * enabled: false}: {@code distribute} always, failover where endpoints are ejected, since else none
 * would ever be missing.
 */
public final class LocalityRule {

    private LocalityRule() {}

    /** How near and far are told apart; null where all endpoints are alike. */
    public static @Nullable Nearness nearness(PortTraffic traffic, ClientPlace place) {
        LocalityPreference rule = rule(traffic);
        if (rule == null) {
            return null;
        }
        return rule.distribute().isEmpty() && traffic.outlierDetection() == null
                ? null
                : new Nearness(place, rule);
    }

    /**
     * Whether only endpoints that are well are told of. One that is not ready yet is no reason to
     * go elsewhere, nor is it used when too many others are ejected.
     */
    public static boolean readyAlone(PortTraffic traffic) {
        LocalityPreference rule = rule(traffic);
        return traffic.outlierDetection() != null || (rule != null && !rule.distribute().isEmpty());
    }

    /** Whether localities are drawn by their weights, where a rule says so in words. */
    static boolean byWeight(PortTraffic traffic) {
        LocalityPreference rule = rule(traffic);
        if (rule == null) {
            return false;
        }
        boolean failover = !rule.failover().isEmpty() || !rule.failoverPriority().isEmpty();
        return !rule.distribute().isEmpty() || (failover && traffic.outlierDetection() != null);
    }

    private static @Nullable LocalityPreference rule(PortTraffic traffic) {
        LoadBalancer balancer = traffic.loadBalancer();
        LocalityPreference written = balancer == null ? null : balancer.localityLbSetting();
        if (written == null) {
            return Nearness.NEARER_FIRST;
        }
        return Boolean.FALSE.equals(written.enabled()) ? null : written;
    }
}

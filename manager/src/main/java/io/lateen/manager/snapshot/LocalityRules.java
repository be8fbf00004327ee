package io.lateen.manager.snapshot;

import io.lateen.model.resource.DestinationRule;
import io.lateen.model.resource.LoadBalancer;
import io.lateen.model.resource.LoadBalancer.LocalityPreference;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.TrafficPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether DestinationRules ask where clients are. Where none does, clients of all places are given
 * the same endpoints, made once.
 *
 * @param count whether any rule has {@code localityLbSetting} or ejects endpoints
 * @param labelKeys by which of their labels rules tell whether endpoints are near
 */
public record LocalityRules(boolean count, Set<String> labelKeys) {

    /** Copies the set. */
    public LocalityRules {
        labelKeys = Set.copyOf(labelKeys);
    }

    static LocalityRules of(Collection<Resource> resources) {
        boolean count = false;
        Set<String> keys = new TreeSet<>();
        for (Resource resource : resources) {
            if (resource.spec() instanceof DestinationRule rule) {
                for (Blocks blocks : blocks(rule)) {
                    count |= blocks.ejects() || blocks.locality() != null;
                    if (blocks.locality() != null) {
                        blocks.locality().failoverPriority().stream()
                                .map(label -> label.split("=", 2)[0])
                                .forEach(keys::add);
                    }
                }
            }
        }
        return new LocalityRules(count, keys);
    }

    private record Blocks(boolean ejects, @Nullable LocalityPreference locality) {

        static Blocks of(
                @Nullable LoadBalancer balancer,
                TrafficPolicy.@Nullable OutlierDetection outliers) {
            return new Blocks(
                    outliers != null, balancer == null ? null : balancer.localityLbSetting());
        }
    }

    private static List<Blocks> blocks(DestinationRule rule) {
        List<TrafficPolicy> policies = new ArrayList<>();
        if (rule.trafficPolicy() != null) {
            policies.add(rule.trafficPolicy());
        }
        rule.subsets().stream()
                .map(DestinationRule.Subset::trafficPolicy)
                .filter(Objects::nonNull)
                .forEach(policies::add);
        List<Blocks> blocks = new ArrayList<>();
        for (TrafficPolicy policy : policies) {
            blocks.add(Blocks.of(policy.loadBalancer(), policy.outlierDetection()));
            policy.portLevelSettings()
                    .forEach(
                            port ->
                                    blocks.add(
                                            Blocks.of(
                                                    port.loadBalancer(), port.outlierDetection())));
        }
        return blocks;
    }
}

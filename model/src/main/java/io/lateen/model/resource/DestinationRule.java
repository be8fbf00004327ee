package io.lateen.model.resource;

import io.lateen.model.naming.Hostname;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How clients call a host: which subsets it has, and by which policy.
 *
 * @param host as written: short names are relative to the resource's namespace; may be a wildcard
 * @param trafficPolicy for the host; null means the mesh's defaults
 * @param subsets of the host's workloads
 * @param exportTo who may see it: {@code *}, {@code .}, {@code ~} or namespaces; empty means all
 * @param workloadSelector which clients it is for; null means all
 */
public record DestinationRule(
        Hostname host,
        @Nullable TrafficPolicy trafficPolicy,
        List<Subset> subsets,
        List<String> exportTo,
        @Nullable ClientSelector workloadSelector)
        implements Spec {

    public DestinationRule {
        subsets = List.copyOf(subsets);
        exportTo = List.copyOf(exportTo);
    }

    /**
     * Some of a host's workloads.
     *
     * @param name that destinations refer to
     * @param labels that a workload must all have
     * @param trafficPolicy overrides the host's, block by block; null means the host's
     */
    public record Subset(
            String name, Map<String, String> labels, @Nullable TrafficPolicy trafficPolicy) {

        public Subset {
            labels = Values.ordered(labels);
        }
    }

    /**
     * The client workloads that a rule is for.
     *
     * @param matchLabels that a workload must all have
     */
    public record ClientSelector(Map<String, String> matchLabels) {

        public ClientSelector {
            matchLabels = Values.ordered(matchLabels);
        }
    }
}

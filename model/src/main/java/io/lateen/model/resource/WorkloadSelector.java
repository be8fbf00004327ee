package io.lateen.model.resource;

import java.util.Map;

/**
 * Which workloads a policy is for.
 *
 * @param matchLabels that a workload must all have; empty means every workload
 */
public record WorkloadSelector(Map<String, String> matchLabels) {

    public WorkloadSelector {
        matchLabels = Values.ordered(matchLabels);
    }

    /** Whether it means a workload with these labels. */
    public boolean selects(Map<String, String> labels) {
        return labels.entrySet().containsAll(matchLabels.entrySet());
    }

    /** Whether it leaves no workload out. */
    public boolean selectsAll() {
        return matchLabels.isEmpty();
    }
}

package io.lateen.sidecar.upstream;

import io.lateen.sidecar.plan.Plan;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What holds for each cluster across all event loops and from plan to plan. Any thread may ask;
 * entries of clusters that a plan does not know any more are dropped when it is adopted.
 */
public final class SharedClusters {
    private final ConcurrentHashMap<String, SharedCluster> byName = new ConcurrentHashMap<>();

    /** The entry of a cluster. */
    public SharedCluster get(String cluster) {
        SharedCluster known = byName.get(cluster);
        return known != null ? known : byName.computeIfAbsent(cluster, SharedCluster::new);
    }

    /** Forgets clusters that are gone. */
    public void adopt(Plan plan) {
        byName.keySet().retainAll(plan.clusters().keySet());
    }
}

package io.lateen.sidecar.upstream;

import io.lateen.sidecar.plan.ClusterPlan;
import io.lateen.sidecar.plan.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event loop's pools, by cluster; they outlive a plan that does not change their cluster. */
@SuppressWarnings("ReferenceEquality") // an unchanged cluster is the same instance in the next plan
public final class ClusterTable {
    private final Worker worker;
    private final SharedClusters shared;
    private final Map<String, ClusterPool> pools = new HashMap<>();

    ClusterTable(Worker worker, SharedClusters shared) {
        this.worker = worker;
        this.shared = shared;
    }

    /** The pool of a cluster under a plan; null when the plan has no such cluster. */
    public @Nullable ClusterPool pool(Plan plan, String name) {
        ClusterPlan cluster = plan.cluster(name);
        if (cluster == null) {
            return null;
        }
        ClusterPool pool = pools.get(name);
        if (pool == null) {
            pool = new ClusterPool(worker, shared.get(name), cluster);
            pools.put(name, pool);
        } else if (pool.plan() != cluster) {
            pool.adopt(cluster);
        }
        return pool;
    }

    void adopt(Plan plan) {
        for (Iterator<ClusterPool> each = pools.values().iterator(); each.hasNext(); ) {
            ClusterPool pool = each.next();
            ClusterPlan cluster = plan.cluster(pool.plan().name());
            if (cluster == null) {
                pool.drain();
                each.remove();
            } else if (pool.plan() != cluster) {
                pool.adopt(cluster);
            }
        }
    }

    /** Closes connections that were idle for too long; called about once a second. */
    public void sweep() {
        long now = worker.nanos();
        for (ClusterPool pool : pools.values()) {
            pool.sweep(now);
        }
    }

    /** Uses no connection again that was opened in an identity; what runs on one may end. */
    public void drainSecured() {
        pools.values().forEach(ClusterPool::drainSecured);
    }

    /** What this loop does at every endpoint that it knows. */
    public List<EndpointCount> counts() {
        List<EndpointCount> counts = new ArrayList<>();
        pools.values().forEach(pool -> pool.count(counts::add));
        return counts;
    }

    /** Closes every connection. */
    public void close() {
        for (ClusterPool pool : pools.values()) {
            pool.drain();
        }
        pools.clear();
    }
}

package io.lateen.sidecar.upstream;

import io.lateen.sidecar.plan.ClusterLimits;
import io.lateen.sidecar.plan.ClusterPlan;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A cluster's limits and ejections across all event loops. Counters are atomic; a limit that is not
 * set is never counted, so an unlimited cluster costs no shared write per request.
 */
public final class SharedCluster {
    private final String name;
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong pending = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong retries = new AtomicLong();
    private final List<Outstanding> outstanding = new CopyOnWriteArrayList<>();
    private final AtomicInteger epoch = new AtomicInteger();
    private final Map<SocketAddress, EndpointHealth> health = new ConcurrentHashMap<>();

    SharedCluster(String name) {
        this.name = name;
    }

    /** The cluster's name. */
    public String name() {
        return name;
    }

    /** Takes a place among the connections; {@code force} takes one beyond the limit as well. */
    boolean takeConnection(ClusterLimits limits, boolean force) {
        return take(connections, limits.connections(), force);
    }

    void releaseConnection() {
        connections.decrementAndGet();
    }

    /** Takes a place in the queue for a connection. */
    boolean takePending(ClusterLimits limits) {
        return take(pending, limits.pending(), false);
    }

    void releasePending() {
        pending.decrementAndGet();
    }

    /** Takes a place among the requests outstanding; always when there is no limit. */
    boolean takeRequest(ClusterLimits limits) {
        return limits.requests() == ClusterLimits.NO_LIMIT
                || take(requests, limits.requests(), false);
    }

    /** Gives back what {@link #takeRequest} took under the same limits. */
    void releaseRequest(ClusterLimits limits) {
        if (limits.requests() != ClusterLimits.NO_LIMIT) {
            requests.decrementAndGet();
        }
    }

    /** Takes a place among the retries outstanding. */
    boolean takeRetry(ClusterLimits limits) {
        ClusterLimits.Budget budget = limits.budget();
        return take(retries, budget == null ? limits.retries() : budget.of(outstanding()), false);
    }

    // Of all loops, as of a moment ago: each counts for itself, and only a retry adds up.
    private long outstanding() {
        long sum = 0;
        for (Outstanding each : outstanding) {
            sum += each.get();
        }
        return sum;
    }

    /** A loop begins to count its requests. */
    void join(Outstanding counted) {
        outstanding.add(counted);
    }

    /** Its cluster has gone from that loop. */
    void leave(Outstanding counted) {
        outstanding.remove(counted);
    }

    void releaseRetry() {
        retries.decrementAndGet();
    }

    /** The state of an endpoint; made when first asked for, at {@code nowNanos}. */
    EndpointHealth health(SocketAddress address, long nowNanos) {
        EndpointHealth known = health.get(address);
        return known != null
                ? known
                : health.computeIfAbsent(address, at -> new EndpointHealth(at, nowNanos));
    }

    /** Forgets endpoints that are gone. */
    void adopt(ClusterPlan plan) {
        if (health.size() > plan.endpoints().size() && !health.isEmpty()) {
            health.keySet()
                    .removeIf(a -> plan.endpoints().stream().noneMatch(e -> e.address().equals(a)));
        }
    }

    /** Changes whenever an endpoint is left out or let in again. */
    int epoch() {
        return epoch.get();
    }

    void healthChanged() {
        epoch.incrementAndGet();
    }

    /** How many endpoints are left out at the moment. */
    int ejected() {
        int count = 0;
        for (EndpointHealth each : health.values()) {
            count += each.ejected() ? 1 : 0;
        }
        return count;
    }

    /** Open connections of all loops. */
    public long connections() {
        return connections.get();
    }

    /** Requests of all loops that wait for a connection. */
    public long pending() {
        return pending.get();
    }

    private static boolean take(AtomicLong counter, long limit, boolean force) {
        if (counter.incrementAndGet() > limit && !force) {
            counter.decrementAndGet();
            return false;
        }
        return true;
    }
}

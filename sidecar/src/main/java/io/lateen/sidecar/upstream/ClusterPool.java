package io.lateen.sidecar.upstream;

import io.lateen.sidecar.balance.Balancer;
import io.lateen.sidecar.balance.Balancing;
import io.lateen.sidecar.balance.Choice;
import io.lateen.sidecar.balance.Host;
import io.lateen.sidecar.plan.BalancingPlan;
import io.lateen.sidecar.plan.ClusterPlan;
import io.lateen.sidecar.plan.Discovery;
import io.lateen.sidecar.plan.EndpointPlan;
import io.lateen.sidecar.plan.HealthCheckPlan;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One event loop's view of one cluster: its endpoints, and the balancer over those in use. */
public final class ClusterPool {
    /** The shares of endpoints that are new grow in so many steps, none shorter than that. */
    private static final int STEPS = 100;

    private static final int CHECK_POLL_MILLIS = 5;
    private static final long LEAST_REFRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Worker worker;
    private final SharedCluster shared;
    private final Outstanding outstanding = new Outstanding();
    private final Map<SocketAddress, Endpoint> endpoints = new LinkedHashMap<>();
    private ClusterPlan plan;
    private @Nullable Resolution resolution;
    private Balancer balancer = Balancer.NONE;
    private Endpoint[] numbered = {};
    private int epoch = -1;
    private long checkedByNanos;
    private boolean warming;
    private long refreshNanos;

    ClusterPool(Worker worker, SharedCluster shared, ClusterPlan plan) {
        this.worker = worker;
        this.shared = shared;
        this.plan = plan;
        shared.join(outstanding);
        discover();
    }

    /** The cluster's configuration in force. */
    public ClusterPlan plan() {
        return plan;
    }

    /** This loop's requests. */
    Outstanding outstanding() {
        return outstanding;
    }

    /** What holds for the cluster across loops. */
    public SharedCluster shared() {
        return shared;
    }

    /**
     * Picks an endpoint; for clusters whose endpoints are known.
     *
     * @return null when none may be used
     */
    public @Nullable Endpoint pick(Choice choice) {
        if (epoch != shared.epoch() || (warming && worker.nanos() - refreshNanos >= 0)) {
            rebalance();
        }
        int host = balancer.pick(choice);
        return host == Balancer.NOBODY ? null : numbered[host];
    }

    /** The endpoint at an address; for clusters of original destinations. */
    public Endpoint at(SocketAddress address) {
        Endpoint known = endpoints.get(address);
        if (known == null) {
            known = new Endpoint(worker, this, address, EndpointPlan.at(address));
            endpoints.put(address, known);
        }
        return known;
    }

    /** Calls back when the endpoints are known: at once, unless names are still to be resolved. */
    public void whenKnown(Runnable then) {
        Resolution names = resolution;
        HealthCheckPlan check = plan.check();
        Runnable next = check == null ? then : () -> whenChecked(check, then);
        if (names == null) {
            next.run();
        } else {
            names.whenKnown(next);
        }
    }

    // Nobody is refused only because endpoints have not been asked yet.
    private void whenChecked(HealthCheckPlan check, Runnable then) {
        if (worker.nanos() - checkedByNanos >= 0 || !awaitsCheck()) {
            then.run();
        } else {
            var _ =
                    worker.loop()
                            .schedule(
                                    () -> whenChecked(check, then),
                                    CHECK_POLL_MILLIS,
                                    TimeUnit.MILLISECONDS);
        }
    }

    private boolean awaitsCheck() {
        boolean some = false;
        for (Endpoint each : endpoints.values()) {
            if (each.host(0).standing() != Host.Standing.OUT) {
                return false;
            }
            some |= each.awaitsCheck();
        }
        return some;
    }

    // From here on the first answers are waited for, as long as they may take.
    private void watch() {
        HealthCheckPlan check = plan.check();
        if (check != null) {
            checkedByNanos =
                    worker.nanos() + check.pace().timeoutNanos() + check.pace().firstJitterNanos();
        }
        endpoints.values().forEach(Endpoint::watch);
    }

    /** Why there is no endpoint, if it is because of names; else null. */
    public @Nullable String unresolved() {
        return resolution == null ? null : resolution.fault();
    }

    /** Takes a place for a raw connection among the cluster's connections. */
    public boolean takeConnection() {
        return shared.takeConnection(plan.limits(), false);
    }

    /** Gives back what {@link #takeConnection} took. */
    public void releaseConnection() {
        shared.releaseConnection();
    }

    /** A raw connection could not be made. */
    public void connectFailed(Endpoint endpoint) {
        endpoint.rawRefused();
        Outliers.failed(worker.loop(), this, endpoint.health());
    }

    void count(Consumer<EndpointCount> counts) {
        endpoints.values().forEach(endpoint -> counts.accept(endpoint.count()));
    }

    void adopt(ClusterPlan changed) {
        ClusterPlan before = plan;
        plan = changed;
        if (!before.connectionHash().equals(changed.connectionHash())) {
            endpoints.values().forEach(Endpoint::drain);
        }
        if (!before.transport().equals(changed.transport())) {
            endpoints.values().forEach(Endpoint::replan);
        }
        if (!before.discovery().equals(changed.discovery())
                || !before.endpoints().equals(changed.endpoints())) {
            discover();
        }
        if (!Objects.equals(before.check(), changed.check())) {
            watch();
        }
        epoch = -1;
    }

    void drainSecured() {
        endpoints.values().forEach(Endpoint::drainSecured);
    }

    void drain() {
        shared.leave(outstanding);
        endpoints.values().forEach(Endpoint::leave);
    }

    void sweep(long now) {
        boolean transientOnes = plan.discovery() instanceof Discovery.OriginalDestination;
        for (Iterator<Endpoint> each = endpoints.values().iterator(); each.hasNext(); ) {
            Endpoint endpoint = each.next();
            endpoint.sweep(now);
            if (transientOnes && endpoint.unused()) {
                each.remove();
            }
        }
    }

    /** Takes these as the endpoints: connections to those that stay are kept. */
    void known(List<EndpointPlan> now) {
        Map<SocketAddress, Endpoint> before = new LinkedHashMap<>(endpoints);
        endpoints.clear();
        for (EndpointPlan each : now) {
            Endpoint kept = before.remove(each.address());
            if (kept == null) {
                kept = new Endpoint(worker, this, each.address(), each);
            } else {
                kept.plan(each);
            }
            endpoints.put(each.address(), kept);
        }
        before.values().forEach(Endpoint::leave);
        watch();
        epoch = -1;
    }

    private void discover() {
        switch (plan.discovery()) {
            case Discovery.Listed() -> {
                resolution = null;
                shared.adopt(plan);
                known(plan.endpoints());
            }
            case Discovery.StrictDns(long refresh, boolean ttl) ->
                    resolution = new Resolution(worker, this, plan.endpoints(), true, refresh, ttl);
            case Discovery.LogicalDns(long refresh, boolean ttl) ->
                    resolution =
                            new Resolution(worker, this, plan.endpoints(), false, refresh, ttl);
            case Discovery.OriginalDestination() -> resolution = null;
        }
    }

    private void rebalance() {
        epoch = shared.epoch();
        Endpoint[] all = endpoints.values().toArray(Endpoint[]::new);
        long now = worker.nanos();
        List<Host> hosts = new ArrayList<>(all.length);
        for (Endpoint each : all) {
            hosts.add(each.host(now));
        }
        numbered = all;
        balancer =
                Balancing.over(
                        hosts, plan.balancing(), host -> all[host].active(), worker.random());
        BalancingPlan.WarmUp warmUp = plan.balancing().warmUp();
        warming = warmUp != null && Balancing.isWarming(hosts, plan.balancing());
        if (warming && warmUp != null) {
            refreshNanos = now + Math.max(LEAST_REFRESH_NANOS, warmUp.windowNanos() / STEPS);
        }
    }
}

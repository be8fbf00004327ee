package io.lateen.sidecar.upstream;

import io.lateen.sidecar.plan.OutlierPlan;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint answered lately, for outlier detection (Envoy's consecutive counts). Written by
 * every loop that talks to it; a good answer writes only when there was something bad to forget.
 */
final class EndpointHealth {
    private final InetSocketAddress address;
    private final AtomicInteger serverErrors = new AtomicInteger();
    private final AtomicInteger gatewayErrors = new AtomicInteger();
    private final AtomicInteger localErrors = new AtomicInteger();
    private final AtomicInteger ejections = new AtomicInteger();
    private final AtomicReference<@Nullable Worker> watchedBy = new AtomicReference<>();
    private volatile boolean ejected;
    private volatile Check check = Check.UNKNOWN;
    private volatile long usableSinceNanos;

    EndpointHealth(InetSocketAddress address, long nowNanos) {
        this.address = address;
        this.usableSinceNanos = nowNanos;
    }

    /** Since when it has been usable, by the sidecar's clock: a new one's share may grow slowly. */
    long usableSinceNanos() {
        return usableSinceNanos;
    }

    /** It became usable just now. */
    void becameUsable(long nowNanos) {
        usableSinceNanos = nowNanos;
    }

    InetSocketAddress address() {
        return address;
    }

    /** What health checks found. */
    enum Check {
        /** Nothing yet. */
        UNKNOWN,
        WELL,
        ILL
    }

    /** What the last health checks found, where there are any. */
    Check check() {
        return check;
    }

    void checked(Check found) {
        check = found;
    }

    /** Whether nobody watched it, so that {@code worker} does from now on. */
    boolean watch(Worker worker) {
        return watchedBy.compareAndSet(null, worker);
    }

    /** {@code worker} watches it no more. */
    void unwatch(Worker worker) {
        watchedBy.compareAndSet(worker, null);
    }

    /** Whether it is left out at the moment. */
    boolean ejected() {
        return ejected;
    }

    /** Notes an answer's status; says whether the endpoint has earned to be left out. */
    boolean answered(int status, OutlierPlan plan) {
        forget(localErrors);
        if (status < 500) {
            forget(serverErrors);
            forget(gatewayErrors);
            return false;
        }
        boolean out = reached(serverErrors, plan.consecutive5xx());
        if (status >= 502 && status <= 504) {
            out |= reached(gatewayErrors, plan.consecutiveGatewayFailures());
        } else {
            forget(gatewayErrors);
        }
        return out;
    }

    /** Notes a try without an answer; says whether the endpoint has earned to be left out. */
    boolean failed(OutlierPlan plan) {
        if (plan.splitLocalOrigin()) {
            return reached(localErrors, plan.consecutiveLocalOriginFailures());
        }
        boolean server = reached(serverErrors, plan.consecutive5xx());
        boolean gateway = reached(gatewayErrors, plan.consecutiveGatewayFailures());
        return server || gateway;
    }

    /** Leaves it out; says for how long, or 0 when it already was. */
    synchronized long eject(OutlierPlan plan) {
        if (ejected) {
            return 0;
        }
        ejected = true;
        serverErrors.set(0);
        gatewayErrors.set(0);
        localErrors.set(0);
        long times = ejections.incrementAndGet();
        return Math.min(
                plan.baseEjectionNanos() * times,
                Math.max(plan.maxEjectionNanos(), plan.baseEjectionNanos()));
    }

    /** Lets it in again. */
    synchronized void readmit() {
        ejected = false;
    }

    /** One interval without a fault: the next ejection is shorter again. */
    void forgive() {
        if (!ejected) {
            ejections.updateAndGet(times -> Math.max(0, times - 1));
        }
    }

    private static boolean reached(AtomicInteger counter, int limit) {
        return counter.incrementAndGet() >= limit && limit > 0;
    }

    private static void forget(AtomicInteger counter) {
        if (counter.get() != 0) {
            counter.set(0);
        }
    }
}

package io.lateen.sidecar.upstream;

import io.lateen.sidecar.plan.OutlierPlan;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * How an endpoint answered lately, for outlier detection (Envoy's consecutive counts). Written by
 * every loop that talks to it; a good answer writes only when there was something bad to forget.
 */
final class EndpointHealth {
    private final SocketAddress address;
    private final AtomicInteger serverErrors = new AtomicInteger();
    private final AtomicInteger gatewayErrors = new AtomicInteger();
    private final AtomicInteger localErrors = new AtomicInteger();
    private final AtomicInteger ejections = new AtomicInteger();
    private final AtomicReference<@Nullable Worker> watchedBy = new AtomicReference<>();
    private volatile boolean ejected;
    private volatile int bouts;
    private volatile Check check = Check.UNKNOWN;
    private volatile long usableSinceNanos;

    EndpointHealth(SocketAddress address, long nowNanos) {
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

    SocketAddress address() {
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
        bouts++;
        serverErrors.set(0);
        gatewayErrors.set(0);
        localErrors.set(0);
        long longest = Math.max(plan.maxEjectionNanos(), plan.baseEjectionNanos());
        long times = ejections.get();
        if (plan.baseEjectionNanos() * times < longest) {
            // No further: what is forgiven with each interval would not be felt for a long time.
            times = ejections.incrementAndGet();
        }
        return Math.min(plan.baseEjectionNanos() * times, longest);
    }

    /** Lets it in again. */
    synchronized void readmit() {
        ejected = false;
    }

    /** How often it was left out in all; tells one readmission from the next. */
    int bouts() {
        return bouts;
    }

    /**
     * One interval since {@code bout} without another: the next ejection is shorter again.
     *
     * @return whether it is to be forgiven more after the next interval
     */
    synchronized boolean forgive(int bout) {
        return bout == bouts
                && !ejected
                && ejections.updateAndGet(times -> Math.max(0, times - 1)) > 0;
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

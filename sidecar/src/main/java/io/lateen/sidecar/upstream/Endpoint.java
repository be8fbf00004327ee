package io.lateen.sidecar.upstream;

import io.lateen.sidecar.balance.Host;
import io.lateen.sidecar.exchange.WorkloadFacts;
import io.lateen.sidecar.plan.EndpointPlan;
import io.lateen.sidecar.plan.HealthCheckPlan;
import io.lateen.sidecar.plan.UpstreamTls;
import java.net.SocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One place of a cluster as one event loop uses it: its connections and what is outstanding. */
public final class Endpoint {
    private final Worker worker;
    private final ClusterPool cluster;
    private final SocketAddress address;
    private final EndpointHealth health;
    private EndpointPlan plan;
    private @Nullable UpstreamTls tls;
    private int active;
    private int raw;
    private long begun;
    private long rawOpened;
    private long rawRefused;
    private @Nullable EndpointWatch watch;
    private @Nullable ConnectionPool http1;
    private @Nullable ConnectionPool http2;

    Endpoint(Worker worker, ClusterPool cluster, SocketAddress address, EndpointPlan plan) {
        this.worker = worker;
        this.cluster = cluster;
        this.address = address;
        this.plan = plan;
        this.health = cluster.shared().health(address, worker.nanos());
        this.tls = cluster.plan().transport().of(plan);
    }

    /** Where to connect, resolved. */
    public SocketAddress address() {
        return address;
    }

    /** Where and how to connect. */
    public Dialer.Target target() {
        return new Dialer.Target(address, cluster.plan().connections(), tls);
    }

    /** How connections to it are encrypted; null for plain text. */
    public @Nullable UpstreamTls tls() {
        return tls;
    }

    /** Who answers there. */
    public WorkloadFacts workload() {
        return plan.workload();
    }

    EndpointHealth health() {
        return health;
    }

    int priority() {
        return plan.priority();
    }

    /** As balancing sees it now. */
    Host host(long now) {
        Host.Standing standing =
                health.ejected() || failsCheck()
                        ? Host.Standing.OUT
                        : switch (plan.health()) {
                            case HEALTHY -> Host.Standing.HEALTHY;
                            case DEGRADED -> Host.Standing.DEGRADED;
                            case UNHEALTHY, DRAINING -> Host.Standing.OUT;
                        };
        return new Host(plan, standing, now - health.usableSinceNanos());
    }

    /** Whether it is asked for its health, and was not found well. */
    private boolean failsCheck() {
        return cluster.plan().check() != null && health.check() != EndpointHealth.Check.WELL;
    }

    /** Whether it might be used, if only it had been asked for its health. */
    boolean awaitsCheck() {
        return cluster.plan().check() != null
                && health.check() == EndpointHealth.Check.UNKNOWN
                && plan.usable();
    }

    /** Begins, ends or changes what is asked of it, as the cluster wants it now. */
    void watch() {
        HealthCheckPlan wanted = cluster.plan().check();
        EndpointWatch running = watch;
        if (running != null && !running.plan().equals(wanted)) {
            unwatch();
            running = null;
        }
        if (wanted != null && running == null && health.watch(worker)) {
            EndpointWatch begun = new EndpointWatch(worker, cluster, this, wanted);
            watch = begun;
            begun.begin();
        }
    }

    private void unwatch() {
        EndpointWatch running = watch;
        if (running != null) {
            running.end();
            watch = null;
            health.unwatch(worker);
        }
    }

    void plan(EndpointPlan changed) {
        if (!plan.usable() && changed.usable()) {
            health.becameUsable(worker.nanos());
        }
        plan = changed;
        UpstreamTls before = tls;
        tls = cluster.plan().transport().of(changed);
        // What was opened for somebody else, or in plain text, is not used for what comes.
        if (!Objects.equals(before, tls)) {
            drain();
        }
    }

    /** The cluster may want it spoken to in another way. */
    void replan() {
        plan(plan);
    }

    /** What was opened in another identity is not used for what comes. */
    void drainSecured() {
        if (tls != null) {
            drain();
        }
    }

    /** Requests and connections outstanding, of this loop. */
    int active() {
        return active;
    }

    /** One more outstanding. */
    public void begin() {
        active++;
        begun++;
    }

    /** One less outstanding. */
    public void end() {
        active--;
    }

    /** A raw connection, which {@link #begin} has counted among what is outstanding, is open. */
    public void rawOpened() {
        raw++;
        rawOpened++;
    }

    /** It is closed. */
    public void rawClosed() {
        raw--;
    }

    /** A raw connection could not be made. */
    void rawRefused() {
        rawRefused++;
    }

    /** What this loop does there. */
    EndpointCount count() {
        EndpointCount.Tally tally =
                new EndpointCount.Tally(raw, rawOpened, rawRefused, active, begun, 0);
        if (http1 != null) {
            tally = tally.plus(http1.tally());
        }
        if (http2 != null) {
            tally = tally.plus(http2.tally());
        }
        EndpointCount.Standing standing =
                new EndpointCount.Standing(health.ejected(), failsCheck());
        return new EndpointCount(cluster.plan().name(), address, plan, standing, tally);
    }

    ConnectionPool pool(Connector.Speech speech) {
        return switch (speech) {
            case HTTP1 -> {
                ConnectionPool pool = http1;
                if (pool == null) {
                    pool = new ConnectionPool(worker, cluster, this, speech);
                    http1 = pool;
                }
                yield pool;
            }
            case HTTP2 -> {
                ConnectionPool pool = http2;
                if (pool == null) {
                    pool = new ConnectionPool(worker, cluster, this, speech);
                    http2 = pool;
                }
                yield pool;
            }
        };
    }

    /** It is not of the cluster any more. */
    void leave() {
        unwatch();
        drain();
    }

    /** Nothing new goes there; what runs may end. */
    void drain() {
        if (http1 != null) {
            http1.drain();
            http1 = null;
        }
        if (http2 != null) {
            http2.drain();
            http2 = null;
        }
    }

    void sweep(long now) {
        // Where the loop that watched it has left.
        watch();
        if (http1 != null) {
            http1.sweep(now);
        }
        if (http2 != null) {
            http2.sweep(now);
        }
    }

    boolean unused() {
        return active == 0
                && (http1 == null || http1.isEmpty())
                && (http2 == null || http2.isEmpty());
    }
}

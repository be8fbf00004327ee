package io.lateen.sidecar.upstream;

import io.lateen.sidecar.plan.HealthCheckPlan;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one endpoint again and again whether it is well, on the loop that claimed it; what it finds
 * holds for all loops. The first answer counts at once, later ones by the plan's thresholds
 * (Envoy's health checks).
 */
final class EndpointWatch implements Checkup.Verdict {
    private static final Logger log = LoggerFactory.getLogger(EndpointWatch.class);

    private final Worker worker;
    private final ClusterPool cluster;
    private final Endpoint endpoint;
    private final HealthCheckPlan plan;
    private @Nullable ScheduledFuture<?> next;
    private @Nullable Checkup running;
    private int failures;
    private int successes;
    private boolean ended;

    EndpointWatch(Worker worker, ClusterPool cluster, Endpoint endpoint, HealthCheckPlan plan) {
        this.worker = worker;
        this.cluster = cluster;
        this.endpoint = endpoint;
        this.plan = plan;
    }

    HealthCheckPlan plan() {
        return plan;
    }

    void begin() {
        after(random(plan.pace().firstJitterNanos()));
    }

    /** Asks no more. */
    void end() {
        ended = true;
        if (next != null) {
            next.cancel(false);
        }
        if (running != null) {
            running.end();
        }
    }

    private void ask() {
        Checkup checkup = new Checkup(worker, plan.pace().timeoutNanos(), this);
        running = checkup;
        Connector connector = worker.crew().connector();
        switch (plan.question()) {
            case HealthCheckPlan.Http http ->
                    connector.connect(
                            worker,
                            endpoint.target(),
                            http.http2() ? Connector.Speech.HTTP2 : Connector.Speech.HTTP1,
                            new RequestCheckup(checkup, http));
            case HealthCheckPlan.Grpc grpc ->
                    connector.connect(
                            worker,
                            endpoint.target(),
                            Connector.Speech.HTTP2,
                            new RequestCheckup(checkup, grpc));
            case HealthCheckPlan.Tcp tcp ->
                    connector.dial(worker, endpoint.target(), new BytesCheckup(checkup, tcp));
        }
    }

    @Override
    public void well() {
        failures = 0;
        successes++;
        EndpointHealth health = endpoint.health();
        if (health.check() == EndpointHealth.Check.UNKNOWN
                || (health.check() == EndpointHealth.Check.ILL
                        && successes >= plan.healthyThreshold())) {
            health.becameUsable(worker.nanos());
            changed(EndpointHealth.Check.WELL, "it answers as expected");
        }
        again();
    }

    @Override
    public void ill(String why, boolean said) {
        successes = 0;
        failures++;
        EndpointHealth.Check before = endpoint.health().check();
        if (before == EndpointHealth.Check.UNKNOWN
                || (before == EndpointHealth.Check.WELL
                        && (said || failures >= plan.unhealthyThreshold()))) {
            changed(EndpointHealth.Check.ILL, why);
        }
        again();
    }

    private void changed(EndpointHealth.Check found, String why) {
        endpoint.health().checked(found);
        cluster.shared().healthChanged();
        log.info(
                "a health check found an endpoint changed; cluster={} endpoint={} now={} because={}",
                cluster.plan().name(),
                endpoint.address(),
                found,
                why);
    }

    private void again() {
        HealthCheckPlan.Pace pace = plan.pace();
        long interval =
                endpoint.health().check() == EndpointHealth.Check.WELL
                        ? pace.intervalNanos()
                        : pace.unhealthyIntervalNanos();
        after(
                interval
                        + random(pace.jitterNanos())
                        + random(interval / 100 * pace.jitterPercent()));
    }

    private void after(long nanos) {
        if (!ended) {
            next = worker.loop().schedule(this::ask, nanos, TimeUnit.NANOSECONDS);
        }
    }

    private long random(long bound) {
        return bound <= 0 ? 0 : worker.random().nextLong(bound);
    }
}

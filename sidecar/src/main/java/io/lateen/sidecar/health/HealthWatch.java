package io.lateen.sidecar.health;

import io.lateen.sidecar.ads.Health;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.resources.LoopResources;

/**
 * Watches the application and reports when it becomes well or ill.
 *
 * <p>One good probe makes it well, so that it gets traffic as soon as it can serve; three bad ones
 * in a row make it ill, so that one lost packet does not take it out. Until its first good probe it
 * is asked four times a second. Confined to the configuration thread.
 */
public final class HealthWatch {

    private static final Logger log = LoggerFactory.getLogger(HealthWatch.class);

    private static final long STARTING_MILLIS = 250;
    private static final long WATCHING_MILLIS = 2_000;
    private static final int BAD_PROBES = 3;

    private final Probe probe;
    private final Prober prober;
    private final ScheduledExecutorService thread;
    private final Consumer<Health> report;
    private @Nullable Health reported;
    private int bad;
    private boolean stopped;

    /**
     * @param report called on the configuration thread with the first finding and every change
     */
    public HealthWatch(
            Probe probe,
            LoopResources loops,
            ScheduledExecutorService thread,
            Consumer<Health> report) {
        this.probe = probe;
        this.prober = new Prober(loops);
        this.thread = thread;
        this.report = report;
    }

    /** Begins to ask. */
    public void start() {
        thread.execute(this::ask);
    }

    /** Asks no more. */
    public void stop() {
        thread.execute(() -> stopped = true);
    }

    private void ask() {
        if (stopped) {
            return;
        }
        prober.ask(probe).subscribe(result -> thread.execute(() -> found(result)));
    }

    private void found(ProbeResult result) {
        switch (result) {
            case ProbeResult.Well _ -> {
                bad = 0;
                tell(new Health.Healthy());
            }
            case ProbeResult.Ill(String reason) -> {
                bad++;
                if (!(reported instanceof Health.Healthy) || bad >= BAD_PROBES) {
                    tell(new Health.Unhealthy(reason));
                }
            }
        }
        if (!stopped && !(probe instanceof Probe.None)) {
            boolean starting = !(reported instanceof Health.Healthy);
            var _ =
                    thread.schedule(
                            this::ask,
                            starting ? STARTING_MILLIS : WATCHING_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    private void tell(Health now) {
        if (now.equals(reported)) {
            return;
        }
        boolean first = reported == null;
        reported = now;
        switch (now) {
            case Health.Healthy _ -> log.info("The application is well.");
            case Health.Unhealthy(String reason) -> {
                if (first) {
                    log.info("Waiting for the application. reason=\"{}\"", reason);
                } else {
                    log.warn("The application is not well. reason=\"{}\"", reason);
                }
            }
        }
        report.accept(now);
    }
}

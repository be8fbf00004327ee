package io.lateen.mixer.snapshot;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/** Writes a snapshot every few seconds, and a last one when the mixer ends. */
final class SnapshotLoop implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(SnapshotLoop.class);

    private final Snapshots snapshots;
    private final Duration every;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("snapshots").factory());
    private boolean failing;
    private volatile boolean running;

    SnapshotLoop(Snapshots snapshots, Duration every) {
        this.snapshots = snapshots;
        this.every = every;
    }

    @Override
    public void start() {
        running = true;
        var _ =
                thread.scheduleWithFixedDelay(
                        this::write, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void write() {
        try {
            snapshots.write();
            if (failing) {
                log.info("Snapshots are written again.");
            }
            failing = false;
        } catch (DataAccessException e) {
            if (!failing) {
                log.warn(
                        "PostgreSQL does not take snapshots; what is not written now is written"
                                + " once it does. reason={}",
                        e.getMostSpecificCause().getMessage());
            }
            failing = true;
        } catch (RuntimeException e) {
            log.error("A snapshot failed by a defect; the next is tried.", e);
        }
    }

    @Override
    public void stop() {
        running = false;
        var _ = thread.submit(this::write);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(3, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        // Ends after the servers (which end first, having the highest): nothing comes any more.
        return 0;
    }
}

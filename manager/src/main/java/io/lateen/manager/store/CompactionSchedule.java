package io.lateen.manager.store;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/** Runs the compaction now and then, on a virtual thread of its own. */
final class CompactionSchedule implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(CompactionSchedule.class);
    private static final Duration EVERY = Duration.ofMinutes(5);

    private final Compaction compaction;
    private @org.jspecify.annotations.Nullable Thread thread;

    CompactionSchedule(Compaction compaction) {
        this.compaction = compaction;
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofVirtual().name("history-compaction").start(this::run);
    }

    @Override
    public synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(EVERY);
                runOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce() {
        try {
            compaction.run();
        } catch (DataAccessException e) {
            log.warn("history was not compacted, next try in {}: {}", EVERY, Outage.reason(e));
        }
    }
}

package io.lateen.manager.ads;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Real time: a scheduler wakes up the turns of one stream. */
final class ScheduledTimers implements Timers {

    private final InstantSource clock;
    private final ScheduledExecutorService scheduler;
    private final Executor turns;

    ScheduledTimers(InstantSource clock, ScheduledExecutorService scheduler, Executor turns) {
        this.clock = clock;
        this.scheduler = scheduler;
        this.turns = turns;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Timer after(Duration delay, Runnable work) {
        AtomicBoolean cancelled = new AtomicBoolean();
        Runnable unlessCancelled =
                () -> {
                    // Asked again on the turn: it may have been taken back while it was queued.
                    if (!cancelled.get()) {
                        work.run();
                    }
                };
        Future<?> due =
                scheduler.schedule(
                        () -> turns.execute(unlessCancelled),
                        delay.toNanos(),
                        TimeUnit.NANOSECONDS);
        return () -> {
            cancelled.set(true);
            due.cancel(false);
        };
    }
}

package io.lateen.manager.ads;

import io.lateen.testkit.clock.ManualClock;
import io.lateen.testkit.clock.ManualScheduler;
import java.time.Duration;
import java.time.Instant;

/** Time that a test moves. */
final class ScriptedTimers implements Timers {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-22T00:00:00Z"));
    private final ManualScheduler scheduler = new ManualScheduler(clock);

    void advance(Duration by) {
        scheduler.advance(by);
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Timer after(Duration delay, Runnable work) {
        boolean[] cancelled = new boolean[1];
        scheduler.schedule(
                delay,
                () -> {
                    if (!cancelled[0]) {
                        work.run();
                    }
                });
        return () -> cancelled[0] = true;
    }
}

package io.lateen.testkit.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. Any thread may read and move it. */
public final class ManualClock extends Clock {

    private final AtomicReference<Instant> now;

    /** A clock that shows {@code start}. */
    public ManualClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    /** Moves the clock forward, or back when {@code by} is negative. */
    public void advance(Duration by) {
        now.updateAndGet(before -> before.plus(by));
    }

    /** Nanoseconds since the epoch, to stand in for {@link System#nanoTime}. */
    public long nanoTime() {
        Instant instant = now.get();
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}

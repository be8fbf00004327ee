package io.lateen.testkit.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/**
 * Runs delayed work when a test moves its clock past the due time, in due order, on the thread of
 * the test. Not safe for use by several threads.
 */
public final class ManualScheduler implements Executor {

    private record Due(Instant at, long order, Runnable work) {}

    private final ManualClock clock;
    private final PriorityQueue<Due> queue =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparingLong(Due::order));
    private long order;

    /** A scheduler on {@code clock}. */
    public ManualScheduler(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public void execute(Runnable work) {
        schedule(Duration.ZERO, work);
    }

    /** Runs {@code work} once the clock has moved by {@code delay}. */
    public void schedule(Duration delay, Runnable work) {
        queue.add(new Due(clock.instant().plus(delay), order++, work));
    }

    /** Moves the clock by {@code by}, running what falls due on the way at its own time. */
    public void advance(Duration by) {
        Instant end = clock.instant().plus(by);
        for (Due next = queue.peek();
                next != null && !next.at().isAfter(end);
                next = queue.peek()) {
            queue.remove();
            if (next.at().isAfter(clock.instant())) {
                clock.advance(Duration.between(clock.instant(), next.at()));
            }
            next.work().run();
        }
        clock.advance(Duration.between(clock.instant(), end));
    }

    /** Runs what is due now. */
    public void runDue() {
        advance(Duration.ZERO);
    }

    /** How much work waits. */
    public int pending() {
        return queue.size();
    }
}

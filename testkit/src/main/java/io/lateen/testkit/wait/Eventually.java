package io.lateen.testkit.wait;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Waits until something holds, with a deadline, and tells on failure what was seen last.
 *
 * <p>Tests never sleep for a fixed time: a sleep is too short on a busy machine and too long on an
 * idle one.
 */
public final class Eventually {

    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(20);
    private static final long PAUSE_NANOS = Duration.ofMillis(5).toNanos();

    private Eventually() {}

    /** An assertion that may throw whatever it likes while it does not hold yet. */
    @FunctionalInterface
    public interface Assertion {

        /**
         * Checks once.
         *
         * @throws Exception when it does not hold, or not yet
         */
        void check() throws Exception;
    }

    /** Waits up to 20 s until {@code assertion} passes. */
    public static void eventually(Assertion assertion) {
        eventually(DEFAULT_DEADLINE, () -> "", assertion);
    }

    /** Waits up to {@code deadline} until {@code assertion} passes. */
    public static void eventually(Duration deadline, Assertion assertion) {
        eventually(deadline, () -> "", assertion);
    }

    /**
     * Waits up to {@code deadline} until {@code assertion} passes.
     *
     * @param dump the state to print when it never does
     * @throws AssertionError with the last failure as its cause
     */
    public static void eventually(Duration deadline, Supplier<String> dump, Assertion assertion) {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            try {
                assertion.check();
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting", e);
            } catch (Exception | AssertionError last) {
                if (System.nanoTime() - end >= 0) {
                    throw new AssertionError(
                            "did not hold within " + deadline + ": " + last + "\n" + dump.get(),
                            last);
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}

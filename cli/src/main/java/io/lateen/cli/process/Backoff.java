package io.lateen.cli.process;

import java.time.Duration;

/**
 * How long to wait before a process that crashed is started again: doubles from {@code first} to
 * {@code most}, and begins anew once a run lasted {@code steady}. Used by one thread.
 */
public final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofSeconds(10);
    private static final Duration STEADY = Duration.ofSeconds(30);

    private Duration next = FIRST;

    /**
     * The pause after a run that lasted {@code ran}.
     *
     * <p>No jitter: what it starts shares nothing with others that wait.
     */
    public Duration after(Duration ran) {
        if (ran.compareTo(STEADY) >= 0) {
            next = FIRST;
        }
        Duration pause = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(MOST) > 0 ? MOST : doubled;
        return pause;
    }
}

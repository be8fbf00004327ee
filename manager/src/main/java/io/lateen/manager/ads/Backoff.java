package io.lateen.manager.ads;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a refused response is offered again: doubling, with jitter, so that a
 * thousand proxies that refuse the same rule do not come back in step.
 */
final class Backoff {

    private static final long FIRST_MILLIS = 1_000;
    private static final long LONGEST_MILLIS = 60_000;
    private static final int MOST_DOUBLINGS = 6;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The pause after the {@code attempts}th refusal in a row: 1 s to 60 s, plus up to a half. */
    Duration after(int attempts) {
        int doublings = Math.min(Math.max(attempts - 1, 0), MOST_DOUBLINGS);
        long pause = Math.min(FIRST_MILLIS << doublings, LONGEST_MILLIS);
        return Duration.ofMillis(pause + random.nextLong(pause / 2 + 1));
    }
}

package io.lateen.sidecar.ads;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next manager is tried: random up to a bound that doubles with each
 * failure ("full jitter"), so that a thousand sidecars that lose their manager together do not come
 * back together. Confined to the configuration thread.
 */
final class BackOff {

    /** The bound of the first wait: with two managers, a fail-over takes 125 ms on average. */
    private static final long FIRST_MILLIS = 250;

    /** A manager that restarts has its sidecars back within this time. */
    private static final long LONGEST_MILLIS = 3_000;

    private final RandomGenerator random;
    private int failures;

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    /** The next wait, in milliseconds. */
    long next() {
        long bound = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(failures, 16));
        failures++;
        return random.nextLong(bound + 1);
    }

    /** Whether this failure is worth a line in the log: the first, and ever fewer of the others. */
    boolean worthTelling() {
        return Integer.bitCount(failures) == 1;
    }

    /** A manager answered: the next failure is a first one. */
    void reset() {
        failures = 0;
    }
}

package io.lateen.sidecar.filter.limit;

/**
 * How fast a token bucket fills, and how much it holds. A bucket is one number: the moment at which
 * it was empty. It has as many tokens as would have come since then, and is full when that is more
 * than it holds: nothing has to be filled by a timer (the generic cell rate algorithm).
 *
 * @param tokens what it holds, 1 or more
 * @param perTokenNanos how long a token takes to come, rounded up, so that never more come than
 *     were meant
 */
public record Rate(long tokens, long perTokenNanos) {

    /** A bucket that was never used: full, at any time of a clock that only counts. */
    static final long FULL = Long.MIN_VALUE;

    /**
     * A rate.
     *
     * @param tokens what a bucket holds
     * @param perFill so many come
     * @param fillNanos in so much time
     */
    public static Rate of(long tokens, long perFill, long fillNanos) {
        long perToken = Math.max(1, (fillNanos + perFill - 1) / perFill);
        return new Rate(tokens, perToken);
    }

    /** When a bucket would be empty after one more token, at {@code now}. */
    long after(long emptyAt, long now) {
        return (isFull(emptyAt, now) ? now - spanNanos() : emptyAt) + perTokenNanos;
    }

    /** Whether nothing is known by a bucket any more: it is as good as one never used. */
    boolean isFull(long emptyAt, long now) {
        return emptyAt == FULL || now - emptyAt >= spanNanos();
    }

    /** How long an empty bucket takes until it is full. */
    private long spanNanos() {
        return tokens > Long.MAX_VALUE / 4 / perTokenNanos
                ? Long.MAX_VALUE / 4
                : tokens * perTokenNanos;
    }
}

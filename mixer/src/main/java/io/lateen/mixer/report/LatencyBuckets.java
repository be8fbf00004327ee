package io.lateen.mixer.report;

/**
 * The buckets of a latency histogram: bounds grow by the fourth root of two from 0.1 ms to 28
 * minutes. A percentile is answered as its bucket's geometric middle, so it is off by 9.1 % at
 * most.
 */
public final class LatencyBuckets {
    /**
     * How many there are; the first takes all below its bound, the last all above the last but one.
     */
    public static final int COUNT = 97;

    private static final double FIRST_MICROS = 100;
    private static final double PER_DOUBLING = 4;

    private LatencyBuckets() {}

    /** The bucket of a latency. */
    public static int of(long micros) {
        if (micros <= FIRST_MICROS) {
            return 0;
        }
        double doublings = Math.log(micros / FIRST_MICROS) / Math.log(2);
        return (int) Math.min(COUNT - 1, Math.ceil(doublings * PER_DOUBLING));
    }

    /** The upper bound of a bucket, in microseconds; that of the last is where it would be. */
    public static double boundMicros(int bucket) {
        return FIRST_MICROS * Math.pow(2, bucket / PER_DOUBLING);
    }

    /** What stands for all latencies of a bucket. */
    static double middleMicros(int bucket) {
        return boundMicros(bucket) / Math.pow(2, 0.5 / PER_DOUBLING);
    }

    /**
     * A percentile.
     *
     * @param counts per bucket
     * @param share 0 to 1, 0.95 for p95
     * @return microseconds; -1 when nothing was counted
     */
    public static double percentileMicros(long[] counts, double share) {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        if (total == 0) {
            return -1;
        }
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long below = 0;
        for (int bucket = 0; bucket < counts.length; bucket++) {
            below += counts[bucket];
            if (below >= rank) {
                return middleMicros(bucket);
            }
        }
        throw new IllegalStateException("a rank beyond the total");
    }
}

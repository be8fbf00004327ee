package io.lateen.sidecar.telemetry;

/** The upper bounds of Istio's histograms: Envoy's defaults, the same for times and sizes. */
final class Buckets {

    /** In the metric's own unit; a last one without bound follows. */
    private static final double[] BOUNDS = {
        0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000,
        600_000, 1_800_000, 3_600_000
    };

    /** How many there are, the one without bound included. */
    static final int COUNT = BOUNDS.length + 1;

    private Buckets() {}

    /** The bucket that {@code value} falls into: the first whose bound it does not exceed. */
    static int of(double value) {
        int bucket = 0;
        while (bucket < BOUNDS.length && value > BOUNDS[bucket]) {
            bucket++;
        }
        return bucket;
    }

    /** The text of a bucket's bound, {@code +Inf} for the last. */
    static String bound(int bucket) {
        if (bucket == BOUNDS.length) {
            return "+Inf";
        }
        double bound = BOUNDS[bucket];
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}

package io.lateen.sidecar.plan;

import org.jspecify.annotations.Nullable;

/**
 * How a cluster's requests are spread over its endpoints.
 *
 * @param policy how one of several equal ones is picked
 * @param panicPercent below so many usable endpoints of a hundred all are used; 0 for never
 * @param byLocality whether a locality is drawn first, by its weight
 * @param warmUp how the share of a new endpoint grows; null where it is full at once
 */
public record BalancingPlan(
        LbPolicy policy, int panicPercent, boolean byLocality, @Nullable WarmUp warmUp) {

    /** Without localities, and with full shares at once. */
    public BalancingPlan(LbPolicy policy, int panicPercent) {
        this(policy, panicPercent, false, null);
    }

    /**
     * How the share of a new endpoint grows (Envoy's slow start).
     *
     * @param windowNanos until it is full
     * @param aggression above 1 it grows faster at first
     * @param minimumShare at the beginning, 0 to 1
     */
    public record WarmUp(long windowNanos, double aggression, double minimumShare) {

        /** Envoy counts the first second as over. */
        private static final double FIRST_NANOS = 1e9;

        /** The share of an endpoint that has been in use for so long, above 0, at most 1. */
        public double share(long nanos) {
            if (nanos >= windowNanos) {
                return 1;
            }
            double past = Math.min(1, Math.max((double) nanos, FIRST_NANOS) / (double) windowNanos);
            return Math.max(minimumShare, Math.pow(past, 1 / aggression));
        }
    }
}

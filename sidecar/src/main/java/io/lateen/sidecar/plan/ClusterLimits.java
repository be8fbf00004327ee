package io.lateen.sidecar.plan;

import org.jspecify.annotations.Nullable;

/**
 * What is refused beyond, for a cluster as a whole: flag UO. {@link #UNLIMITED} is Istio's default.
 *
 * @param connections open connections
 * @param pending requests that wait for a connection
 * @param requests requests outstanding
 * @param retries retries outstanding, where there is no budget
 * @param budget retries outstanding, by what else is; null for none
 */
public record ClusterLimits(
        long connections, long pending, long requests, long retries, @Nullable Budget budget) {

    /** Limits without a budget. */
    public ClusterLimits(long connections, long pending, long requests, long retries) {
        this(connections, pending, requests, retries, null);
    }

    /**
     * Retries as a share of the requests outstanding (Envoy's {@code retry_budget}).
     *
     * @param percent 0 to 100, of the requests outstanding and those that wait for a connection
     * @param least so many may always be
     */
    public record Budget(double percent, long least) {

        /** How many retries may be outstanding beside so many requests. */
        public long of(long active) {
            return Math.max(least, (long) (active * percent / 100));
        }
    }

    /** The value that means no limit, 2^32-1. */
    public static final long NO_LIMIT = 0xFFFF_FFFFL;

    /** No limit on anything. */
    public static final ClusterLimits UNLIMITED =
            new ClusterLimits(NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT);
}

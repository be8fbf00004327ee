package io.lateen.sidecar.plan;

/**
 * What is refused beyond, for a cluster as a whole: flag UO. {@link #UNLIMITED} is Istio's default.
 *
 * @param connections open connections
 * @param pending requests that wait for a connection
 * @param requests requests outstanding
 * @param retries retries outstanding
 */
public record ClusterLimits(long connections, long pending, long requests, long retries) {

    /** The value that means no limit, 2^32-1. */
    public static final long NO_LIMIT = 0xFFFF_FFFFL;

    /** No limit on anything. */
    public static final ClusterLimits UNLIMITED =
            new ClusterLimits(NO_LIMIT, NO_LIMIT, NO_LIMIT, NO_LIMIT);
}

package io.lateen.sidecar.plan;

/**
 * How connections to a cluster are made and kept.
 *
 * @param connectTimeoutNanos how long a connection may take to be made
 * @param idleTimeoutNanos how long one may be kept unused; 0 for no limit
 * @param protocol what is spoken
 * @param maxRequestsPerConnection a connection is closed after so many; 0 for no limit
 * @param maxDurationNanos the longest life of a stream; 0 for no limit
 * @param tcpKeepAlive probes of an idle connection
 * @param hash of all of these: pooled connections outlive a new plan while it stays the same
 */
public record ConnectionPolicy(
        long connectTimeoutNanos,
        long idleTimeoutNanos,
        UpstreamProtocol protocol,
        int maxRequestsPerConnection,
        long maxDurationNanos,
        TcpKeepAlive tcpKeepAlive,
        String hash) {

    /** What is spoken to the endpoints. */
    public enum UpstreamProtocol {
        HTTP1,
        HTTP2,
        /** What the caller speaks. */
        SAME_AS_DOWNSTREAM
    }

    /**
     * TCP's probes; 0 leaves the system's own value.
     *
     * @param enabled whether they are sent
     */
    public record TcpKeepAlive(boolean enabled, int probes, int idleSeconds, int intervalSeconds) {

        /** No probes. */
        public static final TcpKeepAlive OFF = new TcpKeepAlive(false, 0, 0, 0);
    }
}

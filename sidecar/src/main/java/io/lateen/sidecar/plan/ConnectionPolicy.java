package io.lateen.sidecar.plan;

/**
 * How connections to a cluster are made and kept.
 *
 * @param connectTimeoutNanos how long a connection may take to be made
 * @param idleTimeoutNanos how long one may be kept unused; 0 for no limit
 * @param protocol what is spoken
 * @param maxRequestsPerConnection a connection is closed after so many; 0 for no limit
 * @param maxDurationNanos the longest life of a stream; 0 for no limit
 * @param longestLifeNanos a connection takes nothing new after so long; 0 for no limit
 * @param http2 what holds for connections of HTTP/2
 * @param tcpKeepAlive probes of an idle connection
 * @param hash of all of these: pooled connections outlive a new plan while it stays the same
 */
public record ConnectionPolicy(
        long connectTimeoutNanos,
        long idleTimeoutNanos,
        UpstreamProtocol protocol,
        int maxRequestsPerConnection,
        long maxDurationNanos,
        long longestLifeNanos,
        Http2 http2,
        TcpKeepAlive tcpKeepAlive,
        String hash) {

    /** Connections that live for ever. */
    public ConnectionPolicy(
            long connectTimeoutNanos,
            long idleTimeoutNanos,
            UpstreamProtocol protocol,
            int maxRequestsPerConnection,
            long maxDurationNanos,
            TcpKeepAlive tcpKeepAlive,
            String hash) {
        this(
                connectTimeoutNanos,
                idleTimeoutNanos,
                protocol,
                maxRequestsPerConnection,
                maxDurationNanos,
                0,
                Http2.DEFAULT,
                tcpKeepAlive,
                hash);
    }

    /**
     * Connections of HTTP/2.
     *
     * @param maxStreams so many requests at a time on one, as far as the endpoint takes them; 0 for
     *     as many as it takes
     * @param keepAlive pings
     */
    public record Http2(int maxStreams, KeepAlive keepAlive) {

        /** As many streams as endpoints take, and no pings. */
        public static final Http2 DEFAULT = new Http2(0, KeepAlive.OFF);
    }

    /**
     * Pings that find dead connections of HTTP/2.
     *
     * @param intervalNanos between them; 0 for none
     * @param timeoutNanos until an answer must have come
     * @param jitterPercent an interval is longer by up to so much of itself
     */
    public record KeepAlive(long intervalNanos, long timeoutNanos, int jitterPercent) {

        /** No pings. */
        public static final KeepAlive OFF = new KeepAlive(0, 0, 0);
    }

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

package io.lateen.model.resource;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How many connections and requests a client may have at once, and how long they live.
 *
 * @param tcp of every connection
 * @param http of requests
 */
public record ConnectionPool(@Nullable TcpSettings tcp, @Nullable HttpSettings http) {

    /**
     * Limits and times of every connection.
     *
     * @param maxConnections 0 means no limit
     * @param connectTimeout null means 10 s
     * @param tcpKeepalive null means off
     * @param maxConnectionDuration null means for ever
     * @param idleTimeout null means 1 h; zero means for ever
     */
    public record TcpSettings(
            int maxConnections,
            @Nullable Duration connectTimeout,
            @Nullable TcpKeepalive tcpKeepalive,
            @Nullable Duration maxConnectionDuration,
            @Nullable Duration idleTimeout) {}

    /**
     * Probes that find dead connections.
     *
     * @param probes unanswered, after which the connection is dead; 0 means the system's default
     * @param time idle before the first probe; null means the system's default
     * @param interval between probes; null means the system's default
     */
    public record TcpKeepalive(long probes, @Nullable Duration time, @Nullable Duration interval) {}

    /**
     * In every number, 0 means no limit.
     *
     * @param http1MaxPendingRequests waiting for a connection
     * @param http2MaxRequests at once, HTTP/1.1 included
     * @param maxRequestsPerConnection before it is closed
     * @param maxRetries at once
     * @param idleTimeout of a connection; null means 1 h
     * @param h2UpgradePolicy whether HTTP/1.1 is sent on as HTTP/2
     * @param useClientProtocol whether the client's version is kept
     * @param maxConcurrentStreams on one HTTP/2 connection
     * @param http2KeepAlive null means off
     */
    public record HttpSettings(
            int http1MaxPendingRequests,
            int http2MaxRequests,
            int maxRequestsPerConnection,
            int maxRetries,
            @Nullable Duration idleTimeout,
            H2UpgradePolicy h2UpgradePolicy,
            boolean useClientProtocol,
            int maxConcurrentStreams,
            @Nullable Http2KeepAlive http2KeepAlive) {}

    /** Whether HTTP/1.1 is sent on as HTTP/2. */
    public enum H2UpgradePolicy {
        /** As the mesh says. */
        DEFAULT,
        /** Never. */
        DO_NOT_UPGRADE,
        /** Always. */
        UPGRADE
    }

    /**
     * Pings that find dead HTTP/2 connections.
     *
     * @param interval between pings
     * @param timeout for the answer
     */
    public record Http2KeepAlive(@Nullable Duration interval, @Nullable Duration timeout) {}
}

package io.lateen.model.resource;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a host is called. A block that is null is not written here: a subset then takes the host's,
 * the host the mesh's defaults; a port's settings take the defaults, never the host's.
 *
 * @param loadBalancer which endpoint is next
 * @param connectionPool how many connections and requests at once
 * @param outlierDetection when an endpoint is set aside
 * @param tls how the connection is encrypted
 * @param portLevelSettings for single ports, in place of all the above
 * @param tunnel through which the connection goes
 * @param proxyProtocol told to the server before the first byte
 * @param retryBudget how many retries at once
 */
public record TrafficPolicy(
        @Nullable LoadBalancer loadBalancer,
        @Nullable ConnectionPool connectionPool,
        @Nullable OutlierDetection outlierDetection,
        @Nullable ClientTls tls,
        List<PortPolicy> portLevelSettings,
        @Nullable Tunnel tunnel,
        @Nullable ProxyProtocol proxyProtocol,
        @Nullable RetryBudget retryBudget) {

    public TrafficPolicy {
        portLevelSettings = List.copyOf(portLevelSettings);
    }

    /**
     * The policy of one port of the host.
     *
     * @param port which
     * @param loadBalancer which endpoint is next
     * @param connectionPool how many connections and requests at once
     * @param outlierDetection when an endpoint is set aside
     * @param tls how the connection is encrypted
     */
    public record PortPolicy(
            PortSelector port,
            @Nullable LoadBalancer loadBalancer,
            @Nullable ConnectionPool connectionPool,
            @Nullable OutlierDetection outlierDetection,
            @Nullable ClientTls tls) {}

    /**
     * When an endpoint is set aside for a while. The block's presence switches it on, with the
     * defaults given here.
     *
     * @param consecutive5xxErrors in a row; null means 5, 0 switches this cause off
     * @param consecutiveErrors the oldest form; without effect
     * @param consecutiveGatewayErrors 502, 503, 504 or a failed connection in a row; null or 0
     *     switches this cause off
     * @param consecutiveLocalOriginFailures failed connections in a row, where they are counted
     *     apart; null means 5
     * @param splitExternalLocalOriginErrors whether failed connections are counted apart from
     *     answers
     * @param interval between looks; null means 10 s
     * @param baseEjectionTime times the number of ejections; null means 30 s
     * @param maxEjectionPercent of the endpoints at once; 0 means 10
     * @param minHealthPercent below which all endpoints are used again
     * @param outlierDetectionHttpErrorCodes which statuses count as errors; empty means 5xx
     */
    public record OutlierDetection(
            @Nullable Long consecutive5xxErrors,
            int consecutiveErrors,
            @Nullable Long consecutiveGatewayErrors,
            @Nullable Long consecutiveLocalOriginFailures,
            boolean splitExternalLocalOriginErrors,
            @Nullable Duration interval,
            @Nullable Duration baseEjectionTime,
            int maxEjectionPercent,
            int minHealthPercent,
            List<Integer> outlierDetectionHttpErrorCodes) {

        public OutlierDetection {
            outlierDetectionHttpErrorCodes = List.copyOf(outlierDetectionHttpErrorCodes);
        }
    }

    /**
     * How a client encrypts.
     *
     * @param mode absent means {@link ClientTlsMode#DISABLE}
     * @param clientCertificate file with the client's certificates
     * @param privateKey file with the client's key
     * @param caCertificates file with the authorities that are trusted
     * @param caCrl file with revoked certificates
     * @param credentialName secret that holds them instead
     * @param subjectAltNames that the server's certificate may carry
     * @param sni server name asked for
     * @param insecureSkipVerify whether the server's certificate is taken unseen
     */
    public record ClientTls(
            ClientTlsMode mode,
            @Nullable String clientCertificate,
            @Nullable String privateKey,
            @Nullable String caCertificates,
            @Nullable String caCrl,
            @Nullable String credentialName,
            List<String> subjectAltNames,
            @Nullable String sni,
            @Nullable Boolean insecureSkipVerify) {

        public ClientTls {
            subjectAltNames = List.copyOf(subjectAltNames);
        }
    }

    /** Whose certificates protect a connection. */
    public enum ClientTlsMode {
        /** Nobody's: plain text. */
        DISABLE,
        /** The server's. */
        SIMPLE,
        /** Both sides', from files or secrets. */
        MUTUAL,
        /** Both sides', from the mesh. */
        ISTIO_MUTUAL
    }

    /**
     * A proxy that the connection goes through.
     *
     * @param protocol {@code CONNECT} if not written, or {@code POST}
     * @param targetHost asked for through the tunnel
     * @param targetPort asked for through the tunnel
     */
    public record Tunnel(@Nullable String protocol, String targetHost, int targetPort) {}

    /**
     * The address of the client, told ahead.
     *
     * @param version of the PROXY protocol
     */
    public record ProxyProtocol(ProxyProtocolVersion version) {}

    /** Versions of the PROXY protocol. */
    public enum ProxyProtocolVersion {
        /** In text. */
        V1,
        /** In binary. */
        V2
    }

    /**
     * How many retries may be in flight, as a share of requests.
     *
     * @param percent of the requests that are in flight; null means 20
     * @param budgetInterval over which requests are counted
     * @param minRetryConcurrency allowed at once whatever the share; null means 3
     */
    public record RetryBudget(
            @Nullable Double percent,
            @Nullable Duration budgetInterval,
            @Nullable Long minRetryConcurrency) {}
}

package io.lateen.portal.mesh;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls from one workload to another, over the window.
 *
 * @param id stable
 * @param source the calling node's id
 * @param target the called node's id
 * @param service the host that was called; null when hidden
 * @param protocol {@code http}, {@code grpc} or {@code tcp}
 * @param requests how many
 * @param errorRate 0 to 1
 * @param codes how many by status
 * @param p50 median latency in milliseconds; null when there was none
 * @param p95 in milliseconds
 * @param p99 in milliseconds
 * @param mtls how much was mutually authenticated
 */
public record TrafficEdge(
        String id,
        String source,
        String target,
        @Nullable String service,
        String protocol,
        long requests,
        double requestsPerSecond,
        double errorRate,
        Map<String, Long> codes,
        @Nullable Double p50,
        @Nullable Double p95,
        @Nullable Double p99,
        MutualTls mtls,
        double bytesSentPerSecond,
        double bytesReceivedPerSecond) {

    /** Copies the codes. */
    public TrafficEdge {
        codes = Map.copyOf(codes);
    }
}

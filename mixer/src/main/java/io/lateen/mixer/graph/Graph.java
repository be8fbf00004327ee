package io.lateen.mixer.graph;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who called whom in a window, as it is answered.
 *
 * @param asOf the end of the window, ISO 8601
 * @param window as it was asked for: {@code 5m}
 * @param dropped calls of the window that happened and of which no record came: the sidecar's
 *     buffer was full
 * @param overflowed calls of the window that are drawn as one edge, {@code other}, because there
 *     were too many edges
 * @param missing why a part of it may not be there; null when nothing is missing
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Graph(
        String asOf,
        String window,
        List<Node> nodes,
        List<Edge> edges,
        long dropped,
        long overflowed,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String missing) {

    /** One end of edges. */
    record Node(
            String id,
            String kind,
            String namespace,
            String workload,
            String service,
            String version) {}

    /**
     * What happened between two nodes.
     *
     * @param requests in the window; raw connections on an edge of TCP
     * @param errorRate 0 to 1: answers of 500 and above, no answer at all, any gRPC status but OK
     * @param codes requests by HTTP status, or by gRPC status on an edge of gRPC; {@code 0} where
     *     there was no answer, {@code other} beyond the sixteenth
     * @param p50 milliseconds; null where nothing is known
     * @param mtls {@code all}, {@code some}, {@code none}, or {@code unknown} where the callee has
     *     not reported
     * @param bytesSentPerSecond to the caller
     * @param bytesReceivedPerSecond from the caller
     */
    record Edge(
            String id,
            String source,
            String target,
            String service,
            String protocol,
            long requests,
            double requestsPerSecond,
            double errorRate,
            Map<String, Long> codes,
            @Nullable Double p50,
            @Nullable Double p95,
            @Nullable Double p99,
            String mtls,
            double bytesSentPerSecond,
            double bytesReceivedPerSecond) {}
}

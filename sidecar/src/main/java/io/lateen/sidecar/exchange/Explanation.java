package io.lateen.sidecar.exchange;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Failure} means: to the client a status, to the record a flag, to a human a sentence
 * that says what was found and what to look at.
 *
 * @param status 0 when nobody is left to be answered
 * @param flag empty where Envoy has none
 */
public record Explanation(int status, Optional<ResponseFlag> flag, String sentence) {

    /**
     * A text as it may stand in a header: what a client sent may be quoted in a sentence, so it
     * becomes one line of printable ASCII, of 1,024 characters at most.
     */
    public static String oneLine(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), 1024));
        for (int i = 0; i < text.length() && i < 1024; i++) {
            char c = text.charAt(i);
            line.append(c < ' ' || c > '~' ? '?' : c);
        }
        return line.toString();
    }

    /** The one mapping from bad ends to answers. */
    public static Explanation of(Failure failure) {
        return switch (failure) {
            case Failure.NoRoute(String authority, String path) ->
                    with(
                            404,
                            ResponseFlag.NO_ROUTE,
                            "no route matches host '"
                                    + authority
                                    + "' path '"
                                    + path
                                    + "'; check the hosts and matches of the VirtualService");
            case Failure.NoCluster(String cluster) ->
                    with(
                            503,
                            ResponseFlag.NO_CLUSTER,
                            "the route leads to '"
                                    + cluster
                                    + "', which does not exist; check its host, port and subset,"
                                    + " and the DestinationRule that defines the subset");
            case Failure.NoHealthyUpstream(String cluster, int endpoints) ->
                    with(
                            503,
                            ResponseFlag.NO_HEALTHY_UPSTREAM,
                            "no healthy endpoint for '"
                                    + cluster
                                    + "' (of "
                                    + endpoints
                                    + " known); check that workloads with the subset's labels run"
                                    + " and are ready");
            case Failure.Unresolved(String host, String reason) ->
                    with(
                            503,
                            ResponseFlag.DNS_RESOLUTION_FAILED,
                            "the name '" + host + "' does not resolve: " + reason);
            case Failure.ConnectFailed(String address, String reason) ->
                    with(
                            503,
                            ResponseFlag.UPSTREAM_CONNECTION_FAILURE,
                            "no connection to "
                                    + address
                                    + ": "
                                    + reason
                                    + "; check that the process listens there");
            case Failure.UpstreamReset(String address, String reason) ->
                    with(
                            503,
                            ResponseFlag.UPSTREAM_CONNECTION_TERMINATION,
                            address
                                    + " closed the connection before its response was complete: "
                                    + reason);
            case Failure.UpstreamProtocol(String address, String reason) ->
                    with(
                            502,
                            ResponseFlag.UPSTREAM_PROTOCOL_ERROR,
                            address
                                    + " answered something that is not valid HTTP: "
                                    + reason
                                    + "; check that the port's protocol is declared as it is");
            case Failure.TimedOut(var limit) ->
                    with(
                            504,
                            ResponseFlag.UPSTREAM_REQUEST_TIMEOUT,
                            "no complete response within the route's timeout of "
                                    + limit.toMillis()
                                    + " ms");
            case Failure.DeadlineExceeded(var limit) ->
                    with(
                            504,
                            ResponseFlag.UPSTREAM_REQUEST_TIMEOUT,
                            "no complete response within the "
                                    + limit.toMillis()
                                    + " ms that the client gave in grpc-timeout");
            case Failure.StreamIdle(var limit) ->
                    with(
                            408,
                            ResponseFlag.STREAM_IDLE_TIMEOUT,
                            "nothing was sent or received for " + limit.toMillis() + " ms");
            case Failure.LivedLong(var limit) ->
                    with(
                            0,
                            ResponseFlag.DURATION_TIMEOUT,
                            "the connection was open for "
                                    + limit.toMillis()
                                    + " ms, the longest that maxConnectionDuration allows");
            case Failure.Overflow(String cluster, String limit, long value) ->
                    with(
                            503,
                            ResponseFlag.UPSTREAM_OVERFLOW,
                            "'"
                                    + cluster
                                    + "' is at its limit "
                                    + limit
                                    + "="
                                    + value
                                    + "; raise it in the DestinationRule's connectionPool or add"
                                    + " endpoints");
            case Failure.FaultAborted(int status, _) ->
                    with(status, ResponseFlag.FAULT_INJECTED, "aborted by a fault rule");
            case Failure.ClientGone() ->
                    with(
                            0,
                            ResponseFlag.DOWNSTREAM_CONNECTION_TERMINATION,
                            "the client closed the connection before its response was complete");
            case Failure.BadRequest(int status, String reason) ->
                    with(status, ResponseFlag.DOWNSTREAM_PROTOCOL_ERROR, reason);
            case Failure.UpgradeRequired() ->
                    plain(
                            426,
                            "HTTP/1.0 on a port declared as http; speak HTTP/1.1, or leave the"
                                    + " port's protocol undeclared");
            case Failure.Refused(int status, String reason) -> plain(status, reason);
            case Failure.Denied denied -> plain(403, DenialText.sentence(denied));
            case Failure.OverQuota(QuotaAnswer.Limit limit, _) ->
                    with(
                            429,
                            ResponseFlag.RATE_LIMITED,
                            "the limit of "
                                    + limit.requests()
                                    + " requests"
                                    + (limit.rule().isEmpty()
                                            ? ""
                                            : " of RateLimit " + limit.rule())
                                    + " is reached; try again in "
                                    + limit.resetSeconds()
                                    + " s");
            case Failure.QuotaUnknown(int status, String reason) ->
                    with(
                            status,
                            ResponseFlag.RATE_LIMIT_SERVICE_ERROR,
                            "nobody said in time whether a limit is reached ("
                                    + reason
                                    + "), and the RateLimit says Deny for that; check that the mixer"
                                    + " runs");
            case Failure.NoFilterChain(String reason) -> with(503, ResponseFlag.NO_ROUTE, reason);
            case Failure.HandshakeFailed(String reason) ->
                    with(0, ResponseFlag.DOWNSTREAM_PROTOCOL_ERROR, reason);
            case Failure.NotReady(String reason) ->
                    with(503, ResponseFlag.NO_FILTER_CONFIG, reason);
            case Failure.Shed(String reason) -> with(503, ResponseFlag.OVERLOAD_MANAGER, reason);
            case Failure.Defect(String reason) ->
                    with(
                            500,
                            ResponseFlag.LOCAL_RESET,
                            "a defect of the sidecar: " + reason + "; please report it");
        };
    }

    private static Explanation with(int status, ResponseFlag flag, String sentence) {
        return new Explanation(status, Optional.of(flag), sentence);
    }

    /**
     * Envoy's {@code response_code_details} for a failure; null where this sidecar has none of its
     * own.
     */
    public static @Nullable String details(Failure failure) {
        return failure instanceof Failure.Denied denied ? DenialText.details(denied) : null;
    }

    /** What a client is told that must not learn why: Envoy's own words, where it has some. */
    public static @Nullable String publicText(Failure failure) {
        return failure instanceof Failure.Denied ? "RBAC: access denied" : null;
    }

    private static Explanation plain(int status, String sentence) {
        return new Explanation(status, Optional.empty(), sentence);
    }
}

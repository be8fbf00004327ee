package io.lateen.sidecar.exchange;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bad end as a value. {@link Explanation#of} is the one place that says what each of them means
 * to the client: status, flag and a sentence on the likely cause.
 */
public sealed interface Failure {
    /** No virtual host or no route of it took the request. */
    record NoRoute(String authority, String path) implements Failure {}

    /** The route names a cluster that is not known. */
    record NoCluster(String cluster) implements Failure {}

    /** The cluster has no endpoint that may be used. */
    record NoHealthyUpstream(String cluster, int endpoints) implements Failure {}

    /** The name of an endpoint or of an outside host did not resolve. */
    record Unresolved(String host, String reason) implements Failure {}

    /** No connection to the chosen endpoint. */
    record ConnectFailed(String address, String reason) implements Failure {}

    /** The connection broke before the response was complete. */
    record UpstreamReset(String address, String reason) implements Failure {}

    /** The other side answered something that is not HTTP, or not valid. */
    record UpstreamProtocol(String address, String reason) implements Failure {}

    /** The whole request took longer than the route allows. */
    record TimedOut(Duration limit) implements Failure {}

    /** The time is over that the client itself gave the request. */
    record DeadlineExceeded(Duration limit) implements Failure {}

    /** Nothing moved for too long. */
    record StreamIdle(Duration limit) implements Failure {}

    /** The connection was open for as long as its rule allows. */
    record LivedLong(Duration limit) implements Failure {}

    /** A limit of the cluster is reached: connections, pending requests or requests. */
    record Overflow(String cluster, String limit, long value) implements Failure {}

    /**
     * A fault rule aborted the request.
     *
     * @param status of HTTP
     * @param grpcStatus what a gRPC client is told; -1 for what the HTTP status means
     */
    record FaultAborted(int status, int grpcStatus) implements Failure {}

    /** The client went away before its response was complete. */
    record ClientGone() implements Failure {}

    /** What the client sent is not a valid request; answered with {@code status}, then closed. */
    record BadRequest(int status, String reason) implements Failure {}

    /** HTTP/1.0 on a port that is declared as HTTP. */
    record UpgradeRequired() implements Failure {}

    /**
     * The plan says that this traffic goes nowhere: an outside host where only known are allowed.
     */
    record Refused(int status, String reason) implements Failure {}

    /**
     * An authorization policy does not allow it.
     *
     * @param rule {@code ns[foo]-policy[bar]-rule[0]}, which denied it; null when there are rules
     *     that allow and none of them matched
     * @param allowing these rules that allow
     */
    record Denied(@Nullable String rule, List<String> allowing) implements Failure {

        public Denied {
            allowing = List.copyOf(allowing);
        }
    }

    /**
     * A limit of the whole mesh is reached.
     *
     * @param headers that tell the client when to come back
     */
    record OverQuota(QuotaAnswer.Limit limit, List<LocalReply.Header> headers) implements Failure {

        public OverQuota {
            headers = List.copyOf(headers);
        }
    }

    /** Nobody said in time whether a limit is reached, and the rule wants it refused then. */
    record QuotaUnknown(int status, String reason) implements Failure {}

    /** No filter chain takes connections of this kind: plain text where only mTLS is accepted. */
    record NoFilterChain(String reason) implements Failure {}

    /** The client's handshake went wrong, or its certificate is not accepted. */
    record HandshakeFailed(String reason) implements Failure {}

    /** The sidecar has no configuration yet, or is going away. */
    record NotReady(String reason) implements Failure {}

    /** The sidecar has no room for more work. */
    record Shed(String reason) implements Failure {}

    /** A defect of the sidecar itself. */
    record Defect(String reason) implements Failure {}
}

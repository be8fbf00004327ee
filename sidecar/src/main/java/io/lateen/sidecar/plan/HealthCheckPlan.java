package io.lateen.sidecar.plan;

import java.util.List;

/**
 * How a cluster's endpoints are asked whether they are well.
 *
 * @param question what is asked
 * @param pace how often
 * @param unhealthyThreshold failures in a row, 1 or more, after which one that was well is not; an
 *     answer that says so counts at once
 * @param healthyThreshold answers in a row, 1 or more, after which one that was not is well again
 */
public record HealthCheckPlan(
        Question question, Pace pace, int unhealthyThreshold, int healthyThreshold) {

    /**
     * How often is asked.
     *
     * @param timeoutNanos for an answer
     * @param intervalNanos between questions to one that is well
     * @param unhealthyIntervalNanos between questions to one that is not
     * @param firstJitterNanos before the first question, at most
     * @param jitterNanos added to each interval, at most
     * @param jitterPercent of the interval, added at most
     */
    public record Pace(
            long timeoutNanos,
            long intervalNanos,
            long unhealthyIntervalNanos,
            long firstJitterNanos,
            long jitterNanos,
            int jitterPercent) {}

    /** What is asked. */
    public sealed interface Question {}

    /**
     * A request.
     *
     * @param host its authority
     * @param path its target
     * @param expected statuses that mean well
     * @param http2 whether it is spoken in HTTP/2
     */
    public record Http(
            String method, String host, String path, List<Statuses> expected, boolean http2)
            implements Question {

        public Http {
            expected = List.copyOf(expected);
        }

        /** Whether a status means well. */
        public boolean expects(int status) {
            for (Statuses each : expected) {
                if (status >= each.from() && status < each.to()) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Statuses of HTTP.
     *
     * @param from the first
     * @param to before this one
     */
    public record Statuses(int from, int to) {}

    /**
     * A call of {@code grpc.health.v1.Health/Check}.
     *
     * @param service asked for; empty for the server as a whole
     * @param authority of the call
     */
    public record Grpc(String service, String authority) implements Question {}

    /**
     * A connection; well when it can be made and, where something is expected, that comes.
     *
     * @param send octets sent, each a character, may be none
     * @param receive octets that must come, in this order, with others between them
     */
    public record Tcp(String send, List<String> receive) implements Question {

        public Tcp {
            receive = List.copyOf(receive);
        }
    }
}

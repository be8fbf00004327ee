package io.lateen.sidecar.plan;

import java.util.List;

/**
 * How a request is sent to its cluster.
 *
 * @param times how long it may take
 * @param retry whether and when it is tried again
 * @param hashPolicies what a consistent-hash balancer hashes, in order
 * @param mirrors who gets a copy
 */
public record ForwardPolicy(
        Times times, RetryPlan retry, List<HashPolicy> hashPolicies, List<MirrorPlan> mirrors) {

    /** Sent once, without a deadline, to one place. */
    public static final ForwardPolicy PLAIN =
            new ForwardPolicy(Times.UNLIMITED, RetryPlan.NEVER, List.of(), List.of());

    public ForwardPolicy {
        hashPolicies = List.copyOf(hashPolicies);
        mirrors = List.copyOf(mirrors);
    }

    /** A policy under which a gRPC client's own deadline is not looked at. */
    public ForwardPolicy(
            long timeoutNanos,
            long idleTimeoutNanos,
            RetryPlan retry,
            List<HashPolicy> hashPolicies,
            List<MirrorPlan> mirrors) {
        this(new Times(timeoutNanos, idleTimeoutNanos, Times.UNREAD), retry, hashPolicies, mirrors);
    }

    /**
     * How long a request may take.
     *
     * @param timeoutNanos from the end of the request to the end of the response, all tries
     *     together; 0 for none
     * @param idleNanos how long a stream may be silent; 0 for no limit
     * @param mostGrpcNanos what stands in for {@code timeoutNanos} for gRPC, whose clients' own
     *     deadline ({@code grpc-timeout}) holds too, from the request's head on; 0 for no limit but
     *     theirs, {@link #UNREAD} where theirs is not looked at (Envoy's {@code max_grpc_timeout})
     */
    public record Times(long timeoutNanos, long idleNanos, long mostGrpcNanos) {

        /** What gRPC clients say is not looked at. */
        public static final long UNREAD = -1;

        /** As long as it takes. */
        public static final Times UNLIMITED = new Times(0, 0, UNREAD);

        /** Whether what gRPC clients say counts. */
        public boolean readsGrpc() {
            return mostGrpcNanos != UNREAD;
        }

        /** The same with another timeout. */
        public Times lasting(long nanos) {
            return new Times(nanos, idleNanos, mostGrpcNanos);
        }
    }

    /** The same with other times and tries. */
    public ForwardPolicy with(Times other, RetryPlan tries) {
        return new ForwardPolicy(other, tries, hashPolicies, mirrors);
    }
}

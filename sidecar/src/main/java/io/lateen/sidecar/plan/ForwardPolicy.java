package io.lateen.sidecar.plan;

import java.util.List;

/**
 * How a request is sent to its cluster.
 *
 * @param timeoutNanos from the end of the request to the end of the response, all tries together; 0
 *     for none
 * @param idleTimeoutNanos how long a stream may be silent; 0 for no limit
 * @param retry whether and when it is tried again
 * @param hashPolicies what a consistent-hash balancer hashes, in order
 * @param mirrors who gets a copy
 */
public record ForwardPolicy(
        long timeoutNanos,
        long idleTimeoutNanos,
        RetryPlan retry,
        List<HashPolicy> hashPolicies,
        List<MirrorPlan> mirrors) {

    /** Sent once, without a deadline, to one place. */
    public static final ForwardPolicy PLAIN =
            new ForwardPolicy(0, 0, RetryPlan.NEVER, List.of(), List.of());

    public ForwardPolicy {
        hashPolicies = List.copyOf(hashPolicies);
        mirrors = List.copyOf(mirrors);
    }
}

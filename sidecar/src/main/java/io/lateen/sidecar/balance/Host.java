package io.lateen.sidecar.balance;

import io.lateen.sidecar.plan.EndpointPlan;

/**
 * A host as balancing sees it at one moment.
 *
 * @param plan what the manager says of it
 * @param standing whether it may be used
 * @param usedForNanos for how long it has been usable, in nanoseconds
 */
public record Host(EndpointPlan plan, Standing standing, long usedForNanos) {

    /** Whether a host may be used. */
    public enum Standing {
        /** It may. */
        HEALTHY,
        /** It may when the healthy ones do not suffice. */
        DEGRADED,
        /** It may not, unless there is a panic. */
        OUT
    }
}

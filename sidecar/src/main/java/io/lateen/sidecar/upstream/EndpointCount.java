package io.lateen.sidecar.upstream;

import io.lateen.sidecar.plan.EndpointPlan;
import java.net.InetSocketAddress;

/**
 * What one place of a cluster is doing, of one event loop or of several together.
 *
 * @param cluster the cluster's name
 * @param address where it is
 * @param plan what the configuration says of it
 * @param ejected whether it is left out because it kept failing
 * @param tally what was counted
 */
public record EndpointCount(
        String cluster,
        InetSocketAddress address,
        EndpointPlan plan,
        boolean ejected,
        Tally tally) {

    /**
     * Counts.
     *
     * @param connections open connections, pooled and raw
     * @param opened connections that were ever opened
     * @param refused connections that could not be opened
     * @param active requests and raw connections under way
     * @param begun requests and raw connections ever begun
     * @param waiting requests that wait for a connection
     */
    public record Tally(
            long connections, long opened, long refused, long active, long begun, long waiting) {

        /** Nothing. */
        public static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

        /** Both together. */
        public Tally plus(Tally other) {
            return new Tally(
                    connections + other.connections,
                    opened + other.opened,
                    refused + other.refused,
                    active + other.active,
                    begun + other.begun,
                    waiting + other.waiting);
        }
    }

    /** Both together, of one place. */
    public EndpointCount plus(EndpointCount other) {
        return new EndpointCount(
                cluster, address, plan, ejected || other.ejected, tally.plus(other.tally));
    }
}

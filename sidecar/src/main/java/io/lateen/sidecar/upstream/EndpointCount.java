package io.lateen.sidecar.upstream;

import io.lateen.sidecar.plan.EndpointPlan;
import java.net.SocketAddress;

/**
 * What one place of a cluster is doing, of one event loop or of several together.
 *
 * @param cluster the cluster's name
 * @param address where it is
 * @param plan what the configuration says of it
 * @param standing why it is left out, if it is
 * @param tally what was counted
 */
public record EndpointCount(
        String cluster, SocketAddress address, EndpointPlan plan, Standing standing, Tally tally) {

    /**
     * Why an endpoint is left out, beside what the configuration says.
     *
     * @param ejected because it kept failing
     * @param ill because health checks have not found it well
     */
    public record Standing(boolean ejected, boolean ill) {

        /** It is not. */
        public static final Standing IN = new Standing(false, false);

        private Standing or(Standing other) {
            return new Standing(ejected || other.ejected, ill || other.ill);
        }
    }

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
                cluster, address, plan, standing.or(other.standing), tally.plus(other.tally));
    }
}

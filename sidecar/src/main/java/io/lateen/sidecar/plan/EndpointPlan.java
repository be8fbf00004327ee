package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.WorkloadFacts;
import java.net.SocketAddress;
import java.util.Map;

/**
 * One place of a cluster.
 *
 * @param address where to connect: an IP address and a port, unresolved for the DNS kinds, or the
 *     path of a socket on this machine
 * @param weight its share among its peers, at least 1
 * @param health what the manager says of it
 * @param place among which others it stands
 * @param workload who answers there
 * @param transportLabels by which the cluster chooses how to speak to it ({@code tlsMode: istio})
 */
public record EndpointPlan(
        SocketAddress address,
        int weight,
        Health health,
        Place place,
        WorkloadFacts workload,
        Map<String, String> transportLabels) {

    public EndpointPlan {
        transportLabels = Map.copyOf(transportLabels);
    }

    /** An endpoint that nothing else is known of. */
    public static EndpointPlan at(SocketAddress address) {
        return new EndpointPlan(
                address, 1, Health.HEALTHY, Place.FIRST, WorkloadFacts.UNKNOWN, Map.of());
    }

    /**
     * A group of endpoints.
     *
     * @param priority 0 is used first, the next when too few of it are healthy
     * @param locality {@code region/zone/subzone}, empty where not known
     * @param weight the locality's share of its priority, 0 for none; counts where localities do
     */
    public record Place(int priority, String locality, int weight) {

        /** Of the first priority, nobody said where. */
        public static final Place FIRST = new Place(0, "", 1);
    }

    /** 0 is used first, the next when too few of it are healthy. */
    public int priority() {
        return place.priority();
    }

    /** {@code region/zone/subzone}, empty where not known. */
    public String locality() {
        return place.locality();
    }

    /** What the manager says of an endpoint. */
    public enum Health {
        /** It may be used. */
        HEALTHY,
        /** It may be used when the healthy ones do not suffice. */
        DEGRADED,
        /** It may not be used, unless all are so and panic routing is on. */
        UNHEALTHY,
        /** It ends its work and gets nothing new. */
        DRAINING
    }

    /** Whether requests may go there in the ordinary case. */
    public boolean usable() {
        return health == Health.HEALTHY || health == Health.DEGRADED;
    }
}

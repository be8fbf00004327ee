package io.lateen.portal.services;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One service.
 *
 * @param hostname {@code reviews.default.svc.cluster.local}
 * @param outside whether it is outside the mesh
 * @param traffic what it was sent; null when the mixer does not answer
 * @param versions in order of their names
 * @param split the rule that splits its traffic; null when there is none
 */
record ServiceSummary(
        String hostname,
        String namespace,
        String name,
        boolean outside,
        List<Port> ports,
        @Nullable Traffic traffic,
        List<Version> versions,
        @Nullable Split split) {

    /** A port. */
    record Port(int number, String name, String protocol) {}

    /**
     * What was asked of a service or a version.
     *
     * @param errorRate 0 to 1
     * @param p95 of the slowest caller's edge, in milliseconds; null when nothing was asked
     */
    record Traffic(
            double requestsPerSecond,
            double errorRate,
            @Nullable Double p50,
            @Nullable Double p95,
            @Nullable Double p99) {}

    /**
     * One version.
     *
     * @param version the label {@code version}; empty when the workloads have none
     * @param subset the DestinationRule's subset that picks it; null when there is none
     * @param workloads the workloads' names
     * @param endpoints how many endpoints
     * @param healthy how many of them are healthy
     * @param measuredShare its part of the service's requests, 0 to 1; null when nothing was asked
     */
    record Version(
            String version,
            @Nullable String subset,
            List<String> workloads,
            int endpoints,
            int healthy,
            @Nullable Traffic traffic,
            @Nullable Double measuredShare) {}

    /**
     * The VirtualService's route that splits the traffic: the first HTTP route without a match.
     *
     * @param route its index in {@code spec.http}; -1 when the VirtualService has no such route
     * @param conditional whether other HTTP routes with a match stand beside it
     */
    record Split(
            String namespace, String name, int route, boolean conditional, List<Weight> weights) {}

    /**
     * One destination of the route.
     *
     * @param host as the rule writes it
     * @param subset null when the rule names none
     * @param version the version label that the subset picks; null when not known
     * @param weight in percent
     */
    record Weight(String host, @Nullable String subset, @Nullable String version, int weight) {}
}

package io.lateen.portal.overview;

import io.lateen.portal.backend.Source;
import io.lateen.portal.mesh.CertificateStanding;
import io.lateen.portal.mesh.SidecarStanding;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The mesh in one look. A part is null while the backend that knows it does not answer.
 *
 * @param asOf when it was put together
 * @param services what is called
 * @param workloads what runs
 * @param sidecars how far the rules have come
 * @param certificates which end soon
 * @param traffic what goes on, over five minutes
 * @param sources which backends had a part in it
 */
record Overview(
        Instant asOf,
        @Nullable ServiceCount services,
        @Nullable WorkloadCount workloads,
        @Nullable SidecarStanding sidecars,
        @Nullable CertificateStanding certificates,
        @Nullable TrafficSum traffic,
        List<Source> sources) {

    /**
     * The services.
     *
     * @param outside how many of them are outside the mesh
     * @param withoutEndpoint those inside that nothing healthy stands behind
     */
    record ServiceCount(int total, int outside, List<String> withoutEndpoint) {}

    /** The workloads. */
    record WorkloadCount(int total, int healthy, List<Unhealthy> unhealthy) {}

    /** A workload that is not healthy. */
    record Unhealthy(String namespace, String name, String message) {}

    /**
     * The traffic.
     *
     * @param errorRate 0 to 1
     * @param encryptedShare the part of the requests that came over mutual TLS, 0 to 1; null when
     *     nothing was asked
     * @param worst the services with the most errors, at most five
     * @param dropped access records that were lost on the way
     */
    record TrafficSum(
            double requestsPerSecond,
            double errorRate,
            @Nullable Double encryptedShare,
            List<Failing> worst,
            long dropped) {}

    /** A service with errors. */
    record Failing(String service, double requestsPerSecond, double errorRate) {}
}

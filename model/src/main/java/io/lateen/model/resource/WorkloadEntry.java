package io.lateen.model.resource;

import io.lateen.model.service.Locality;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workload that no platform reports; also an endpoint listed in a {@link ServiceEntry}.
 *
 * @param address an IP address, a DNS name where the service is looked up, or {@code unix://} with
 *     a path; null only where a network's gateway stands for it
 * @param ports on which it listens, by the name of the service's port; a service's port that is not
 *     here has its own number or target port
 * @param labels by which services and subsets select it
 * @param network on which the address means something; null means the mesh's only one
 * @param locality where it runs; null means unknown
 * @param weight its share among its siblings; null means 1
 * @param serviceAccount whose identity it has
 */
public record WorkloadEntry(
        @Nullable String address,
        Map<String, Integer> ports,
        Map<String, String> labels,
        @Nullable String network,
        @Nullable Locality locality,
        @Nullable Long weight,
        @Nullable String serviceAccount)
        implements Spec {

    public WorkloadEntry {
        ports = Values.ordered(ports);
        labels = Values.ordered(labels);
    }
}

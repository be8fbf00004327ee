package io.lateen.model.service;

import io.lateen.model.naming.Hostname;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Something that can be called by name.
 *
 * @param hostname its full name, possibly a wildcard
 * @param namespace it belongs to
 * @param name short, as the platform knows it
 * @param ports at least one, unless the platform reported none
 * @param addresses virtual addresses or CIDR ranges that stand for it; may be empty
 * @param resolution how its endpoints are found
 * @param meshExternal whether it lives outside the mesh, without sidecars
 * @param exportTo who may see it: {@code *}, {@code .}, {@code ~} or namespaces; empty means all
 * @param subjectAltNames names that its certificates may carry
 * @param labels of the service itself
 * @param creationTimestamp decides which of two equal names wins: the older
 * @param origin who reported it: {@code ServiceEntry default/google}, {@code file services.yaml},
 *     {@code sidecar}
 */
public record Service(
        Hostname hostname,
        String namespace,
        String name,
        List<ServicePort> ports,
        List<String> addresses,
        Resolution resolution,
        boolean meshExternal,
        List<String> exportTo,
        List<String> subjectAltNames,
        Map<String, String> labels,
        Instant creationTimestamp,
        String origin) {

    public Service {
        ports = List.copyOf(ports);
        addresses = List.copyOf(addresses);
        exportTo = List.copyOf(exportTo);
        subjectAltNames = List.copyOf(subjectAltNames);
        labels = Map.copyOf(labels);
    }
}

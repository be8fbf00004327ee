package io.lateen.model.resource;

import io.lateen.model.naming.Hostname;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Resolution;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service that no platform reports.
 *
 * @param hosts its names, in full; wildcards where resolution allows
 * @param addresses IP addresses or CIDR ranges that stand for it
 * @param ports on which it is called
 * @param location inside the mesh or outside; outside if not written
 * @param resolution how its endpoints are found; {@link Resolution#NONE} if not written
 * @param endpoints listed here; empty where the workloads are selected, or the hosts are looked up
 * @param workloadSelector which WorkloadEntries and workloads are its endpoints
 * @param exportTo who may see it: {@code *}, {@code .}, {@code ~} or namespaces; empty means all
 * @param subjectAltNames that its certificates may carry
 */
public record ServiceEntry(
        List<Hostname> hosts,
        List<String> addresses,
        List<Port> ports,
        Location location,
        Resolution resolution,
        List<WorkloadEntry> endpoints,
        @Nullable WorkloadSelector workloadSelector,
        List<String> exportTo,
        List<String> subjectAltNames)
        implements Spec {

    public ServiceEntry {
        hosts = List.copyOf(hosts);
        addresses = List.copyOf(addresses);
        ports = List.copyOf(ports);
        endpoints = List.copyOf(endpoints);
        exportTo = List.copyOf(exportTo);
        subjectAltNames = List.copyOf(subjectAltNames);
    }

    /** On which side of the mesh's edge a service lives. */
    public enum Location {
        /** Outside: it has no sidecar. */
        MESH_EXTERNAL,
        /** Inside. */
        MESH_INTERNAL
    }

    /**
     * A port of the service.
     *
     * @param number on which it is called
     * @param name unique within the service
     * @param protocol {@link Protocol#UNDECLARED} if not written
     * @param targetPort on which endpoints listen; null means {@code number}
     */
    public record Port(int number, String name, Protocol protocol, @Nullable Integer targetPort) {}

    /**
     * The workloads that are endpoints.
     *
     * @param labels that a workload must all have
     */
    public record WorkloadSelector(Map<String, String> labels) {

        public WorkloadSelector {
            labels = Values.ordered(labels);
        }
    }
}

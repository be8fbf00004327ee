package io.lateen.manager.snapshot;

import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ServiceEntry;
import io.lateen.model.resource.WorkloadEntry;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Health;
import io.lateen.model.service.Locality;
import io.lateen.model.service.Resolution;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;
import io.lateen.model.service.Workload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The services that ServiceEntries declare, with the endpoints that they list, select among
 * WorkloadEntries, or leave to DNS: the whole content of the registry of resources.
 */
public final class ServiceEntries {

    private static final String CLUSTER = "Kubernetes";
    private static final String UNIX = "unix://";

    /** The sum over a locality has to fit into 32 bits. */
    private static final long MAX_WEIGHT = 1 << 16;

    private ServiceEntries() {}

    /** The catalog of all ServiceEntries and WorkloadEntries among the resources. */
    public static ServiceCatalog catalog(Collection<Resource> resources) {
        List<Service> services = new ArrayList<>();
        List<Endpoint> endpoints = new ArrayList<>();
        List<Resource> workloads =
                resources.stream()
                        .filter(resource -> resource.spec() instanceof WorkloadEntry)
                        .sorted(Precedence.OLDEST_RESOURCE_FIRST)
                        .toList();
        resources.stream()
                .filter(resource -> resource.spec() instanceof ServiceEntry)
                .sorted(Precedence.OLDEST_RESOURCE_FIRST)
                .forEach(
                        resource -> {
                            ServiceEntry entry = (ServiceEntry) resource.spec();
                            List<Backend> backends = backends(resource, entry, workloads);
                            for (Hostname host : entry.hosts()) {
                                services.add(service(resource, entry, host));
                                endpoints.addAll(endpoints(resource, entry, host, backends));
                            }
                        });
        return new ServiceCatalog(services, endpoints);
    }

    /** Who serves, and under which name it is known. */
    private record Backend(String name, WorkloadEntry entry) {}

    private static List<Backend> backends(
            Resource resource, ServiceEntry entry, List<Resource> workloads) {
        ServiceEntry.WorkloadSelector selector = entry.workloadSelector();
        if (selector == null) {
            List<Backend> listed = new ArrayList<>();
            for (WorkloadEntry endpoint : entry.endpoints()) {
                listed.add(new Backend(resource.metadata().name() + "-" + listed.size(), endpoint));
            }
            return listed;
        }
        String namespace = resource.metadata().namespace();
        return workloads.stream()
                .filter(workload -> workload.metadata().namespace().equals(namespace))
                .map(
                        workload ->
                                new Backend(
                                        workload.metadata().name(),
                                        (WorkloadEntry) workload.spec()))
                .filter(
                        backend ->
                                backend.entry()
                                        .labels()
                                        .entrySet()
                                        .containsAll(selector.labels().entrySet()))
                .toList();
    }

    private static Service service(Resource resource, ServiceEntry entry, Hostname host) {
        return new Service(
                host,
                resource.metadata().namespace(),
                resource.metadata().name(),
                entry.ports().stream()
                        .map(
                                port ->
                                        new ServicePort(
                                                port.number(),
                                                port.name(),
                                                port.protocol(),
                                                targetPort(port)))
                        .toList(),
                entry.addresses(),
                entry.resolution(),
                entry.location() == ServiceEntry.Location.MESH_EXTERNAL,
                entry.exportTo(),
                entry.subjectAltNames(),
                resource.metadata().labels(),
                resource.metadata().creationTimestamp(),
                resource.key().toString());
    }

    private static List<Endpoint> endpoints(
            Resource resource, ServiceEntry entry, Hostname host, List<Backend> backends) {
        return switch (entry.resolution()) {
            case NONE, DYNAMIC_DNS -> List.of();
            case STATIC -> listed(resource, entry, host, backends);
            case DNS, DNS_ROUND_ROBIN ->
                    backends.isEmpty() && entry.workloadSelector() == null && !host.isWildcard()
                            ? listed(resource, entry, host, List.of(itself(host)))
                            : listed(resource, entry, host, backends);
        };
    }

    /** Without endpoints, the host's own name is looked up. */
    private static Backend itself(Hostname host) {
        return new Backend(
                host.value(),
                new WorkloadEntry(host.value(), Map.of(), Map.of(), null, null, null, null));
    }

    private static List<Endpoint> listed(
            Resource resource, ServiceEntry entry, Hostname host, List<Backend> backends) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (ServiceEntry.Port port : entry.ports()) {
            for (Backend backend : backends) {
                String address = backend.entry().address();
                // A socket of the machine has no name to look up.
                boolean called =
                        address != null
                                && (entry.resolution() == Resolution.STATIC
                                        || !address.startsWith(UNIX));
                if (address != null && called) {
                    endpoints.add(endpoint(resource, host, port, backend, address));
                }
            }
        }
        return endpoints;
    }

    private static Endpoint endpoint(
            Resource resource,
            Hostname host,
            ServiceEntry.Port port,
            Backend backend,
            String address) {
        WorkloadEntry entry = backend.entry();
        return new Endpoint(
                host,
                port.number(),
                address,
                entry.ports().getOrDefault(port.name(), targetPort(port)),
                new Workload(
                        backend.name(),
                        resource.metadata().namespace(),
                        backend.name(),
                        Objects.requireNonNullElse(entry.serviceAccount(), ""),
                        entry.labels(),
                        CLUSTER,
                        Objects.requireNonNullElse(entry.locality(), Locality.UNKNOWN)),
                Health.HEALTHY,
                weight(entry));
    }

    private static int weight(WorkloadEntry entry) {
        Long weight = entry.weight();
        return weight == null || weight <= 0 ? 1 : Math.toIntExact(Math.min(weight, MAX_WEIGHT));
    }

    private static int targetPort(ServiceEntry.Port port) {
        return Objects.requireNonNullElse(port.targetPort(), port.number());
    }
}

package io.lateen.manager.snapshot;

import io.lateen.model.naming.Hostname;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The services by name, what each namespace sees of them, and their endpoints in a fixed order. */
public final class ServiceIndex {

    private static final String KUBERNETES = "kubernetes";

    private static final Comparator<Endpoint> ENDPOINT_ORDER =
            Comparator.comparing(Endpoint::address)
                    .thenComparingInt(Endpoint::port)
                    .thenComparing(endpoint -> endpoint.workload().namespace())
                    .thenComparing(endpoint -> endpoint.workload().name());

    private final Map<Hostname, List<Service>> byHostname;
    private final Map<Backing, List<Endpoint>> endpoints;
    private final VirtualAddresses virtualAddresses;

    private record Backing(Hostname hostname, int port) {}

    ServiceIndex(ServiceCatalog catalog) {
        Map<Hostname, List<Service>> services =
                new TreeMap<>(Comparator.comparing(Hostname::value));
        for (Service service : catalog.services()) {
            services.computeIfAbsent(service.hostname(), name -> new ArrayList<>()).add(service);
        }
        services.values().forEach(same -> same.sort(Precedence.OLDEST_SERVICE_FIRST));
        this.byHostname = Collections.unmodifiableMap(services);
        Map<Backing, List<Endpoint>> backing = new HashMap<>();
        for (Endpoint endpoint : catalog.endpoints()) {
            backing.computeIfAbsent(
                            new Backing(endpoint.service(), endpoint.servicePort()),
                            key -> new ArrayList<>())
                    .add(endpoint);
        }
        backing.values().forEach(list -> list.sort(ENDPOINT_ORDER));
        this.endpoints = backing;
        this.virtualAddresses = VirtualAddresses.of(catalog.services());
    }

    /**
     * The services that a namespace may see, by name in alphabetical order. Where several
     * registries report one name, Kubernetes' service stands, else the oldest; further ports of its
     * own namespace's others are added.
     */
    Map<Hostname, Service> visibleTo(String namespace) {
        Map<Hostname, Service> visible = new LinkedHashMap<>();
        byHostname.forEach(
                (hostname, same) -> {
                    List<Service> seen =
                            same.stream()
                                    .filter(
                                            service ->
                                                    Reach.of(
                                                                    service.exportTo(),
                                                                    service.namespace(),
                                                                    namespace)
                                                            .isPresent())
                                    .toList();
                    if (!seen.isEmpty()) {
                        visible.put(hostname, merge(seen));
                    }
                });
        return Collections.unmodifiableMap(visible);
    }

    /**
     * The endpoints behind one port of a service, in a fixed order. Where namespaces give the same
     * name to different services, only those of the service's own namespace are its.
     */
    public List<Endpoint> endpoints(Service service, int port) {
        List<Endpoint> all = endpoints.get(new Backing(service.hostname(), port));
        if (all == null) {
            return List.of();
        }
        Set<String> owners =
                byHostname.getOrDefault(service.hostname(), List.of()).stream()
                        .map(Service::namespace)
                        .collect(Collectors.toSet());
        return all.stream()
                .filter(
                        endpoint ->
                                owners.size() < 2
                                        || endpoint.workload()
                                                .namespace()
                                                .equals(service.namespace()))
                .toList();
    }

    /**
     * An account that workloads run as.
     *
     * @param namespace of the workloads
     * @param name of the account
     */
    public record Account(String namespace, String name) {}

    /** The accounts that a service's workloads run as, as far as they are known, in order. */
    public List<Account> accounts(Service service) {
        return service.ports().stream()
                .flatMap(port -> endpoints(service, port.number()).stream())
                .map(Endpoint::workload)
                .filter(workload -> !workload.serviceAccount().isEmpty())
                .map(workload -> new Account(workload.namespace(), workload.serviceAccount()))
                .distinct()
                .sorted(Comparator.comparing(Account::namespace).thenComparing(Account::name))
                .toList();
    }

    /** The addresses that stand for a service: its own, else the one that the mesh gives it. */
    public List<String> addresses(Service service) {
        List<String> own = service.addresses().stream().filter(VirtualAddresses::isSingle).toList();
        if (!own.isEmpty()) {
            return own;
        }
        Optional<String> given = virtualAddresses.of(service.hostname());
        return given.map(List::of).orElse(List.of());
    }

    private static Service merge(List<Service> same) {
        Service first =
                same.stream()
                        .filter(service -> service.origin().startsWith(KUBERNETES))
                        .findFirst()
                        .orElse(same.getFirst());
        if (same.size() == 1) {
            return first;
        }
        Map<Integer, ServicePort> ports = new LinkedHashMap<>();
        first.ports().forEach(port -> ports.putIfAbsent(port.number(), port));
        same.stream()
                .filter(service -> service.namespace().equals(first.namespace()))
                .flatMap(service -> service.ports().stream())
                .forEach(port -> ports.putIfAbsent(port.number(), port));
        return new Service(
                first.hostname(),
                first.namespace(),
                first.name(),
                List.copyOf(ports.values()),
                first.addresses(),
                first.resolution(),
                first.meshExternal(),
                first.exportTo(),
                first.subjectAltNames(),
                first.labels(),
                first.creationTimestamp(),
                first.origin());
    }
}

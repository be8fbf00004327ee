package io.lateen.manager.registry;

import io.lateen.manager.snapshot.ServiceCatalog;
import io.lateen.model.naming.Hostname;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all registries say together. A hostname that several report stays with all of them, each
 * with its origin: which one stands where is the translation's to decide, that they disagree is
 * said here.
 *
 * @param catalog all services and endpoints
 * @param problems by registry: stale sources, and services that two registries report differently
 */
public record MergedRegistries(ServiceCatalog catalog, Map<String, List<String>> problems) {

    public MergedRegistries {
        problems = Map.copyOf(problems);
    }

    /** Reads {@code registries} and puts them together, in this order. */
    public static MergedRegistries read(List<ServiceRegistry> registries) {
        List<Service> services = new ArrayList<>();
        List<Endpoint> endpoints = new ArrayList<>();
        Map<String, List<String>> problems = new LinkedHashMap<>();
        Map<Hostname, Claim> claims = new HashMap<>();
        for (ServiceRegistry registry : registries) {
            RegistryReading reading = registry.read();
            List<String> faults = new ArrayList<>(reading.problems());
            for (Service service : reading.catalog().services()) {
                Claim first =
                        claims.putIfAbsent(service.hostname(), new Claim(registry.name(), service));
                if (first != null && !first.registry().equals(registry.name())) {
                    faults.addAll(conflicts(first, service));
                }
            }
            services.addAll(reading.catalog().services());
            endpoints.addAll(reading.catalog().endpoints());
            if (!faults.isEmpty()) {
                problems.put(registry.name(), List.copyOf(faults));
            }
        }
        return new MergedRegistries(new ServiceCatalog(services, endpoints), problems);
    }

    private record Claim(String registry, Service service) {}

    private static List<String> conflicts(Claim first, Service second) {
        List<String> conflicts = new ArrayList<>();
        for (ServicePort port : second.ports()) {
            for (ServicePort other : first.service().ports()) {
                if (other.number() == port.number() && other.protocol() != port.protocol()) {
                    conflicts.add(
                            "%s port %d: found protocol %s, and %s from %s; expected one protocol,"
                                            .formatted(
                                                    second.hostname(),
                                                    port.number(),
                                                    port.protocol(),
                                                    other.protocol(),
                                                    first.service().origin())
                                    + " change one of them");
                }
            }
        }
        return conflicts;
    }
}

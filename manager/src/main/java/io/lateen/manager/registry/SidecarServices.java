package io.lateen.manager.registry;

import io.lateen.manager.fleet.DepartedService;
import io.lateen.manager.fleet.FleetMember;
import io.lateen.manager.fleet.Registration;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.manager.snapshot.ServiceCatalog;
import io.lateen.model.naming.Hostname;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Health;
import io.lateen.model.service.Resolution;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The services that sidecars bring with them: a service appears with the first workload that names
 * it, and stays without endpoints for a while when the last has gone, so that its callers learn
 * that nobody is there and not that there is no such service. A function of the fleet: equal fleets
 * give equal catalogs, on every manager.
 */
final class SidecarServices {

    static final String ORIGIN = "sidecar";

    private static final int ONE = 1;

    private final Map<Hostname, Building> services =
            new TreeMap<>(Comparator.comparing(Hostname::value));
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private SidecarServices() {}

    /**
     * What these sidecars serve, and where they disagree.
     *
     * @param departed what others served that have gone
     */
    static RegistryReading read(
            Collection<FleetMember> members, Collection<DepartedService> departed) {
        SidecarServices reading = new SidecarServices();
        Set<String> taken = new HashSet<>();
        members.stream()
                // Whoever is there comes before who is leaving, then the oldest decides.
                .sorted(
                        Comparator.comparing(FleetMember::leaving)
                                .thenComparing(FleetMember::started)
                                .thenComparing(FleetMember::node))
                .forEach(member -> reading.add(member, taken));
        reading.addDeparted(departed);
        List<Service> built =
                reading.services.entrySet().stream()
                        .map(entry -> entry.getValue().service(entry.getKey()))
                        .toList();
        reading.endpoints.sort(
                Comparator.comparing((Endpoint endpoint) -> endpoint.service().value())
                        .thenComparingInt(Endpoint::servicePort)
                        .thenComparing(Endpoint::address)
                        .thenComparingInt(Endpoint::port));
        return new RegistryReading(
                new ServiceCatalog(built, reading.endpoints), reading.problems, false);
    }

    private void addDeparted(Collection<DepartedService> departed) {
        Set<Hostname> alive = Set.copyOf(services.keySet());
        for (DepartedService gone : departed) {
            for (ServedPort served : gone.ports()) {
                Hostname host =
                        Hostname.resolve(served.service(), served.namespace(), gone.domain());
                if (!alive.contains(host)) {
                    services.computeIfAbsent(host, _ -> new Building(served)).add(served);
                }
            }
        }
    }

    private void add(FleetMember member, Set<String> taken) {
        Registration registration = member.registration();
        for (ServedPort served : registration.servedPorts()) {
            Hostname host =
                    Hostname.resolve(served.service(), served.namespace(), registration.domain());
            services.computeIfAbsent(host, _ -> new Building(served)).add(served, member, problems);
            String place =
                    host.value()
                            + ' '
                            + served.port()
                            + ' '
                            + registration.address()
                            + ' '
                            + served.inboundPort();
            // A workload that was started anew under another name stands where the old one stood.
            if (taken.add(place)) {
                endpoints.add(
                        new Endpoint(
                                host,
                                served.port(),
                                registration.address(),
                                served.inboundPort(),
                                served.appPort(),
                                registration.workload(),
                                member.health().healthy() ? Health.HEALTHY : Health.UNHEALTHY,
                                ONE));
            }
        }
    }

    /** A service while its ports are gathered. */
    private static final class Building {

        private final ServedPort first;
        private final Map<Integer, ServicePort> ports = new TreeMap<>();

        Building(ServedPort first) {
            this.first = first;
        }

        void add(ServedPort served) {
            ports.putIfAbsent(served.port(), port(served));
        }

        private static ServicePort port(ServedPort served) {
            return new ServicePort(
                    served.port(), name(served), served.protocol(), served.inboundPort());
        }

        void add(ServedPort served, FleetMember member, List<String> problems) {
            ServicePort port = port(served);
            ServicePort known = ports.putIfAbsent(served.port(), port);
            if (known != null && known.protocol() != port.protocol()) {
                problems.add(
                        "%s.%s port %d: %s serves it as %s, older workloads as %s; expected one"
                                        .formatted(
                                                served.service(),
                                                served.namespace(),
                                                served.port(),
                                                member.node(),
                                                port.protocol(),
                                                known.protocol())
                                + " protocol: give the same to --serve everywhere");
            }
        }

        Service service(Hostname host) {
            return new Service(
                    host,
                    first.namespace(),
                    first.service(),
                    List.copyOf(ports.values()),
                    List.of(),
                    Resolution.STATIC,
                    false,
                    List.of(),
                    List.of(),
                    Map.of(),
                    // As old as the mesh: like Kubernetes' own services, it stands before entries
                    // of the same name, and does not change its place when a workload goes.
                    Instant.EPOCH,
                    ORIGIN);
        }

        private static String name(ServedPort served) {
            if (!served.name().isEmpty()) {
                return served.name();
            }
            String protocol = served.protocol().written().toLowerCase(Locale.ROOT);
            return (protocol.isEmpty() ? "port" : protocol) + "-" + served.port();
        }
    }
}

package io.lateen.portal.services;

import io.lateen.portal.backend.Backend;
import io.lateen.portal.backend.BackendStates;
import io.lateen.portal.caller.Grants;
import io.lateen.portal.mesh.MeshReadings;
import io.lateen.portal.mesh.MeshService;
import io.lateen.portal.mesh.Rules;
import io.lateen.portal.mesh.Traffic;
import io.lateen.portal.mesh.TrafficEdge;
import io.lateen.portal.mesh.TrafficWindow;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts the services together for a caller. Blocks. */
final class ServiceLists {
    private final MeshReadings readings;
    private final BackendStates states;
    private final Clock clock;

    ServiceLists(MeshReadings readings, BackendStates states, Clock clock) {
        this.readings = readings;
        this.states = states;
        this.clock = clock;
    }

    /** Empty while the manager does not answer. */
    Optional<ServiceList> list(TrafficWindow window, Grants grants) {
        Rules rules = readings.rules().orElseGet(() -> new Rules(List.of(), List.of()));
        Traffic traffic = readings.traffic(window).orElse(null);
        return readings.services()
                .map(
                        all ->
                                new ServiceList(
                                        clock.instant(),
                                        window.wireName(),
                                        all.stream()
                                                .filter(service -> grants.see(service.namespace()))
                                                .sorted(
                                                        Comparator.comparing(MeshService::namespace)
                                                                .thenComparing(MeshService::name))
                                                .map(service -> summary(service, rules, traffic))
                                                .toList(),
                                        states.sources(Backend.MANAGER, Backend.MIXER)));
    }

    static ServiceSummary summary(MeshService service, Rules rules, @Nullable Traffic traffic) {
        List<TrafficEdge> edges = traffic == null ? List.of() : to(service, traffic);
        ServiceSummary.Traffic all = traffic == null ? null : Rates.of(edges);
        return new ServiceSummary(
                service.hostname(),
                service.namespace(),
                service.name(),
                service.outside(),
                service.ports().stream()
                        .map(
                                port ->
                                        new ServiceSummary.Port(
                                                port.number(), port.name(), port.protocol()))
                        .toList(),
                all,
                versions(service, rules, traffic, edges),
                Splits.of(service, rules));
    }

    private static List<TrafficEdge> to(MeshService service, Traffic traffic) {
        return traffic.edges().stream()
                .filter(edge -> service.hostname().equals(edge.service()))
                .toList();
    }

    private static List<ServiceSummary.Version> versions(
            MeshService service, Rules rules, @Nullable Traffic traffic, List<TrafficEdge> edges) {
        Map<String, List<MeshService.Endpoint>> byVersion = new TreeMap<>();
        for (MeshService.Endpoint endpoint : service.endpoints()) {
            byVersion
                    .computeIfAbsent(
                            endpoint.labels().getOrDefault("version", ""), _ -> new ArrayList<>())
                    .add(endpoint);
        }
        Map<String, String> subsets = new HashMap<>();
        Splits.subsets(service, rules)
                .forEach(subset -> subsets.putIfAbsent(subset.version(), subset.name()));
        double total = edges.stream().mapToDouble(TrafficEdge::requestsPerSecond).sum();
        List<ServiceSummary.Version> versions = new ArrayList<>();
        byVersion.forEach(
                (version, endpoints) -> {
                    List<TrafficEdge> own =
                            traffic == null ? List.of() : of(version, traffic, edges);
                    ServiceSummary.Traffic asked = traffic == null ? null : Rates.of(own);
                    versions.add(
                            new ServiceSummary.Version(
                                    version,
                                    subsets.get(version),
                                    List.copyOf(workloads(endpoints)),
                                    instances(endpoints, false),
                                    instances(endpoints, true),
                                    asked,
                                    asked == null || total == 0
                                            ? null
                                            : asked.requestsPerSecond() / total));
                });
        return versions;
    }

    private static List<TrafficEdge> of(String version, Traffic traffic, List<TrafficEdge> edges) {
        List<String> nodes =
                traffic.nodes().stream()
                        .filter(
                                node ->
                                        version.equals(
                                                node.version() == null ? "" : node.version()))
                        .map(Traffic.Node::id)
                        .toList();
        return edges.stream().filter(edge -> nodes.contains(edge.target())).toList();
    }

    private static Set<String> workloads(List<MeshService.Endpoint> endpoints) {
        var names = new TreeSet<String>();
        endpoints.forEach(endpoint -> names.add(endpoint.workload()));
        return names;
    }

    /** A workload has an endpoint for each port: instances are what people count. */
    private static int instances(List<MeshService.Endpoint> endpoints, boolean healthy) {
        return (int)
                endpoints.stream()
                        .filter(endpoint -> !healthy || endpoint.healthy())
                        .map(MeshService.Endpoint::name)
                        .distinct()
                        .count();
    }
}

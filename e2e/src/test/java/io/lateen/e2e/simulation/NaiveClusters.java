package io.lateen.e2e.simulation;

import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.DestinationRule;
import io.lateen.model.resource.LoadBalancer;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.TrafficPolicy;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is behind a destination, as the oracle reads services and DestinationRules. */
final class NaiveClusters {

    private final List<Service> services;
    private final List<Endpoint> endpoints;
    private final List<Resource> rules;
    private final Viewer viewer;

    NaiveClusters(RandomMesh.Mesh mesh, Viewer viewer) {
        this.services = NaiveVisibility.services(mesh.services(), viewer.namespace());
        this.endpoints = mesh.endpoints();
        this.rules =
                mesh.resources().stream()
                        .filter(rule -> rule.spec() instanceof DestinationRule)
                        .sorted(NaiveVisibility.OLDEST)
                        .toList();
        this.viewer = viewer;
    }

    Optional<Service> service(Hostname host) {
        return services.stream().filter(service -> service.hostname().equals(host)).findFirst();
    }

    /** The port that a destination means which names none. */
    int port(Hostname host, @Nullable Integer written, int listenerPort) {
        if (written != null) {
            return written;
        }
        return service(host)
                .filter(service -> service.ports().size() == 1)
                .map(service -> service.ports().getFirst().number())
                .orElse(listenerPort);
    }

    static String name(Hostname host, int port, @Nullable String subset) {
        return "outbound|" + port + "|" + (subset == null ? "" : subset) + "|" + host;
    }

    Decision.Known known(Hostname host, int port, @Nullable String subset) {
        Optional<Service> service = service(host);
        if (service.isEmpty()
                || service.get().ports().stream().noneMatch(p -> p.number() == port)) {
            return Decision.Known.MISSING;
        }
        List<DestinationRule> applying = applying(service.get());
        Map<String, String> labels = Map.of();
        TrafficPolicy ofSubset = null;
        if (subset != null) {
            Optional<DestinationRule.Subset> found =
                    applying.stream()
                            .flatMap(rule -> rule.subsets().stream())
                            .filter(candidate -> candidate.name().equals(subset))
                            .findFirst();
            if (found.isEmpty()) {
                return Decision.Known.MISSING;
            }
            labels = found.get().labels();
            ofSubset = found.get().trafficPolicy();
        }
        TrafficPolicy ofHost =
                applying.stream()
                        .map(DestinationRule::trafficPolicy)
                        .filter(policy -> policy != null)
                        .findFirst()
                        .orElse(null);
        return new Decision.Known(true, balancing(ofSubset, ofHost), addresses(host, port, labels));
    }

    private SortedSet<String> addresses(Hostname host, int port, Map<String, String> labels) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.service().equals(host))
                .filter(endpoint -> endpoint.servicePort() == port)
                .filter(
                        endpoint ->
                                endpoint.workload()
                                        .labels()
                                        .entrySet()
                                        .containsAll(labels.entrySet()))
                .map(endpoint -> endpoint.address() + ":" + endpoint.port())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String balancing(
            @Nullable TrafficPolicy ofSubset, @Nullable TrafficPolicy ofHost) {
        for (TrafficPolicy policy : java.util.Arrays.asList(ofSubset, ofHost)) {
            if (policy != null && policy.loadBalancer() != null) {
                LoadBalancer.Simple simple = policy.loadBalancer().simple();
                return simple == null ? "LEAST_REQUEST" : simple.name();
            }
        }
        return "LEAST_REQUEST";
    }

    /** The rules that count for a service, the first of which leads. */
    private List<DestinationRule> applying(Service service) {
        List<Resource> own = mostSpecific(service, viewer.namespace(), true);
        List<Resource> found =
                own.isEmpty() ? mostSpecific(service, service.namespace(), false) : own;
        if (found.isEmpty()) {
            return List.of();
        }
        // Rules that are shown to others than the first is are not joined with it.
        List<String> exportTo = scope(spec(found.getFirst()));
        return found.stream()
                .map(NaiveClusters::spec)
                .filter(rule -> scope(rule).equals(exportTo))
                .toList();
    }

    private static List<String> scope(DestinationRule rule) {
        return rule.exportTo().isEmpty() ? List.of("*") : rule.exportTo();
    }

    private List<Resource> mostSpecific(Service service, String namespace, boolean own) {
        List<Resource> covering = new ArrayList<>();
        for (Resource rule : rules) {
            boolean seen =
                    own
                            || NaiveVisibility.visible(
                                    spec(rule).exportTo(),
                                    rule.metadata().namespace(),
                                    viewer.namespace());
            if (rule.metadata().namespace().equals(namespace)
                    && seen
                    && service.hostname().subsetOf(host(rule))) {
                covering.add(rule);
            }
        }
        Optional<Hostname> best =
                covering.stream()
                        .map(NaiveClusters::host)
                        .min(
                                Comparator.comparing(Hostname::isWildcard)
                                        .thenComparingInt(host -> -host.value().length()));
        return covering.stream().filter(rule -> host(rule).equals(best.orElseThrow())).toList();
    }

    private static DestinationRule spec(Resource rule) {
        return (DestinationRule) rule.spec();
    }

    private static Hostname host(Resource rule) {
        return spec(rule).host().resolve(rule.metadata().namespace(), "cluster.local");
    }
}

package io.lateen.manager.snapshot;

import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.ResourceKey;
import io.lateen.model.service.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the workloads of one namespace may see of the mesh, in the order in which it counts. */
public final class NamespaceView {

    private final MeshSnapshot snapshot;
    private final String namespace;
    private final Map<Hostname, Service> services;
    private final List<RoutingRule> rules;

    private NamespaceView(
            MeshSnapshot snapshot,
            String namespace,
            Map<Hostname, Service> services,
            List<RoutingRule> rules) {
        this.snapshot = snapshot;
        this.namespace = namespace;
        this.services = services;
        this.rules = rules;
    }

    static NamespaceView of(MeshSnapshot snapshot, String namespace) {
        return new NamespaceView(
                snapshot,
                namespace,
                snapshot.serviceIndex().visibleTo(namespace),
                visible(snapshot.routingRules(), namespace));
    }

    private static List<RoutingRule> visible(List<RoutingRule> all, String namespace) {
        Map<RoutingRule, Reach> reached = new HashMap<>();
        for (RoutingRule rule : all) {
            Reach.of(rule.spec().exportTo(), rule.namespace(), namespace)
                    .ifPresent(reach -> reached.put(rule, reach));
        }
        Comparator<RoutingRule> byReach =
                Comparator.comparing(rule -> reached.getOrDefault(rule, Reach.PUBLIC));
        return all.stream().filter(reached::containsKey).sorted(byReach).toList();
    }

    /** The namespace that looks. */
    public String namespace() {
        return namespace;
    }

    /** Every visible service, by hostname in alphabetical order. */
    public Collection<Service> services() {
        return services.values();
    }

    /** The service of a name. */
    public Optional<Service> service(Hostname hostname) {
        return Optional.ofNullable(services.get(hostname));
    }

    /** The services whose names a host covers: one, or all that a wildcard means. */
    public List<Service> servicesOf(Hostname host) {
        return host.isWildcard()
                ? services.values().stream()
                        .filter(service -> service.hostname().subsetOf(host))
                        .toList()
                : service(host).stream().toList();
    }

    /** All services and their endpoints, whoever sees them. */
    public ServiceIndex serviceIndex() {
        return snapshot.serviceIndex();
    }

    /**
     * The VirtualServices for sidecars, in the order in which they win: private ones, then those
     * exported to this namespace, then public ones; each by age.
     */
    public List<RoutingRule> sidecarRules() {
        return rules.stream().filter(RoutingRule::isForSidecars).toList();
    }

    /** The VirtualServices bound to a Gateway, in the same order. */
    public Stream<RoutingRule> rulesFor(ResourceKey gateway) {
        return rules.stream().filter(rule -> rule.isFor(gateway));
    }

    /** The DestinationRules by which a client of this namespace calls a service. */
    public Optional<DestinationPolicy> policy(Service service, Map<String, String> clientLabels) {
        return snapshot.destinationRules()
                .find(namespace, clientLabels, service.hostname(), service.namespace());
    }

    /**
     * Every form of a name that the workloads of this namespace may use, the full one first. Names
     * outside the mesh's domain have no short forms; wildcards have no trailing dot.
     */
    public List<String> formsOf(Hostname hostname) {
        String full = hostname.value();
        if (hostname.isWildcard() || isAddress(full)) {
            return List.of(full);
        }
        String rooted = full + ".";
        String suffix = ".svc." + MeshSnapshot.DOMAIN;
        if (!full.endsWith(suffix)) {
            return List.of(full, rooted);
        }
        String qualified = full.substring(0, full.length() - suffix.length());
        List<String> forms = new ArrayList<>(List.of(full, rooted, qualified, qualified + ".svc"));
        String own = "." + namespace;
        if (qualified.endsWith(own) && qualified.length() > own.length()) {
            forms.add(qualified.substring(0, qualified.length() - own.length()));
        }
        return forms;
    }

    private static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || isDigit(c));
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}

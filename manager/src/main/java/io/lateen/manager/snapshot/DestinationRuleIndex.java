package io.lateen.manager.snapshot;

import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.DestinationRule;
import io.lateen.model.resource.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the DestinationRule by which a client calls a service: in the client's namespace first,
 * then in the service's, then in the root namespace. Inside a namespace the most specific host
 * wins; so a wildcard in the client's namespace beats an exact host in the service's, as in Istio.
 */
final class DestinationRuleIndex {

    private final String rootNamespace;
    private final Map<String, Hosts> byNamespace;

    private DestinationRuleIndex(String rootNamespace, Map<String, Hosts> byNamespace) {
        this.rootNamespace = rootNamespace;
        this.byNamespace = byNamespace;
    }

    static DestinationRuleIndex of(Collection<Resource> resources, String rootNamespace) {
        Map<String, List<DestinationPolicy>> merged = new TreeMap<>();
        resources.stream()
                .filter(resource -> resource.spec() instanceof DestinationRule)
                .sorted(Precedence.OLDEST_RESOURCE_FIRST)
                .forEach(
                        resource ->
                                add(
                                        merged.computeIfAbsent(
                                                resource.metadata().namespace(),
                                                namespace -> new ArrayList<>()),
                                        DestinationPolicy.of(
                                                resource, (DestinationRule) resource.spec())));
        Map<String, Hosts> byNamespace = new HashMap<>();
        merged.forEach((namespace, policies) -> byNamespace.put(namespace, Hosts.of(policies)));
        return new DestinationRuleIndex(rootNamespace, byNamespace);
    }

    private static void add(List<DestinationPolicy> policies, DestinationPolicy younger) {
        for (int i = 0; i < policies.size(); i++) {
            if (policies.get(i).mergesWith(younger)) {
                policies.set(i, policies.get(i).with(younger));
                return;
            }
        }
        policies.add(younger);
    }

    /** The rule for a client of a namespace with some labels that calls a service. */
    Optional<DestinationPolicy> find(
            String clientNamespace,
            Map<String, String> clientLabels,
            Hostname host,
            String serviceNamespace) {
        List<String> places = new ArrayList<>();
        if (!clientNamespace.equals(rootNamespace)) {
            places.add(clientNamespace);
        }
        places.add(serviceNamespace);
        places.add(rootNamespace);
        for (String place : places) {
            Hosts hosts = byNamespace.get(place);
            if (hosts == null) {
                continue;
            }
            Optional<DestinationPolicy> found =
                    hosts.find(host, place, clientNamespace, clientLabels);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The rules of one namespace, by host. */
    private record Hosts(
            Map<Hostname, List<DestinationPolicy>> exact, List<List<DestinationPolicy>> wildcards) {

        static Hosts of(List<DestinationPolicy> policies) {
            Map<Hostname, List<DestinationPolicy>> exact = new HashMap<>();
            Map<Hostname, List<DestinationPolicy>> wild =
                    new TreeMap<>(Hostname.MOST_SPECIFIC_FIRST);
            for (DestinationPolicy policy : policies) {
                (policy.host().isWildcard() ? wild : exact)
                        .computeIfAbsent(policy.host(), host -> new ArrayList<>())
                        .add(policy);
            }
            return new Hosts(exact, List.copyOf(wild.values()));
        }

        Optional<DestinationPolicy> find(
                Hostname host, String owner, String viewer, Map<String, String> clientLabels) {
            Optional<DestinationPolicy> found =
                    choose(exact.getOrDefault(host, List.of()), owner, viewer, clientLabels);
            for (List<DestinationPolicy> candidates : wildcards) {
                if (found.isPresent()) {
                    return found;
                }
                if (host.subsetOf(candidates.getFirst().host())) {
                    found = choose(candidates, owner, viewer, clientLabels);
                }
            }
            return found;
        }

        /** A rule that selects this very client before one for all clients; the oldest first. */
        private static Optional<DestinationPolicy> choose(
                List<DestinationPolicy> candidates,
                String owner,
                String viewer,
                Map<String, String> clientLabels) {
            return candidates.stream()
                    .filter(policy -> Reach.of(policy.exportTo(), owner, viewer).isPresent())
                    .filter(policy -> policy.isFor(clientLabels))
                    .min(Comparator.comparing(policy -> policy.selector() == null));
        }
    }
}

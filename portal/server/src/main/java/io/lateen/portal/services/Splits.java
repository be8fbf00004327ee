package io.lateen.portal.services;

import io.lateen.portal.mesh.MeshService;
import io.lateen.portal.mesh.Rule;
import io.lateen.portal.mesh.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds the rules of a service: the VirtualService that splits its traffic inside the mesh, and the
 * subsets of its DestinationRules. Values in, values out.
 */
final class Splits {
    private static final String MESH = "mesh";

    private Splits() {}

    /** The version label that a subset picks. */
    record Subset(String name, String version) {}

    /** The rule that splits a service's traffic; null when there is none. */
    static ServiceSummary.@Nullable Split of(MeshService service, Rules rules) {
        return rules.virtualServices().stream()
                .filter(rule -> isForMesh(rule.spec()) && names(rule, "hosts", service))
                .findFirst()
                .map(rule -> split(rule, subsets(service, rules)))
                .orElse(null);
    }

    /** The subsets of a service that pick by version. */
    static List<Subset> subsets(MeshService service, Rules rules) {
        List<Subset> subsets = new ArrayList<>();
        for (Rule rule : rules.destinationRules()) {
            String host = rule.spec().path("host").asString("");
            if (isHost(host, rule.namespace(), service)) {
                for (JsonNode subset : rule.spec().path("subsets").values()) {
                    String version = subset.path("labels").path("version").asString("");
                    if (!version.isEmpty()) {
                        subsets.add(new Subset(subset.path("name").asString(""), version));
                    }
                }
            }
        }
        return subsets;
    }

    private static ServiceSummary.Split split(Rule rule, List<Subset> subsets) {
        JsonNode routes = rule.spec().path("http");
        int unconditional = -1;
        boolean conditional = false;
        for (int i = 0; i < routes.size(); i++) {
            boolean matches = !routes.path(i).path("match").isEmpty();
            conditional |= matches;
            if (!matches && unconditional < 0) {
                unconditional = i;
            }
        }
        List<ServiceSummary.Weight> weights =
                unconditional < 0
                        ? List.of()
                        : weights(routes.path(unconditional).path("route"), subsets);
        return new ServiceSummary.Split(
                rule.namespace(), rule.name(), unconditional, conditional, weights);
    }

    private static List<ServiceSummary.Weight> weights(JsonNode route, List<Subset> subsets) {
        List<ServiceSummary.Weight> weights = new ArrayList<>();
        for (JsonNode destination : route.values()) {
            JsonNode to = destination.path("destination");
            String subset = to.path("subset").asString("");
            Optional<String> version =
                    subsets.stream()
                            .filter(known -> known.name().equals(subset))
                            .map(Subset::version)
                            .findFirst();
            // One destination without a weight gets everything.
            int weight = destination.path("weight").asInt(route.size() == 1 ? 100 : 0);
            weights.add(
                    new ServiceSummary.Weight(
                            to.path("host").asString(""),
                            subset.isEmpty() ? null : subset,
                            version.orElse(null),
                            weight));
        }
        return weights;
    }

    /** Rules for gateways alone say nothing about calls inside the mesh. */
    private static boolean isForMesh(JsonNode spec) {
        JsonNode gateways = spec.path("gateways");
        if (gateways.isEmpty()) {
            return true;
        }
        for (JsonNode gateway : gateways.values()) {
            if (gateway.asString("").equals(MESH)) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(Rule rule, String field, MeshService service) {
        for (JsonNode host : rule.spec().path(field).values()) {
            if (isHost(host.asString(""), rule.namespace(), service)) {
                return true;
            }
        }
        return false;
    }

    /** A short name means the service of the rule's own namespace. */
    private static boolean isHost(String host, String namespace, MeshService service) {
        return host.equals(service.hostname())
                || (host.equals(service.name()) && namespace.equals(service.namespace()))
                || host.equals(service.name() + "." + service.namespace())
                || host.equals(service.name() + "." + service.namespace() + ".svc");
    }
}

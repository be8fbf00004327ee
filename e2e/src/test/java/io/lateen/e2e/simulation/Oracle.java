package io.lateen.e2e.simulation;

import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.Gateway;
import io.lateen.model.resource.GatewayReference;
import io.lateen.model.resource.HttpRoute;
import io.lateen.model.resource.Kind;
import io.lateen.model.resource.Resource;
import io.lateen.model.service.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Says what must become of a request by reading the rules one after the other, the way their
 * documentation reads: slow, and with nothing compiled, indexed or cached.
 */
final class Oracle {

    private static final String MESH = "mesh";

    private final RandomMesh.Mesh mesh;
    private final Viewer viewer;
    private final NaiveClusters clusters;
    private final List<Service> services;
    private final List<Resource> rules;

    Oracle(RandomMesh.Mesh mesh, Viewer viewer) {
        this.mesh = mesh;
        this.viewer = viewer;
        this.clusters = new NaiveClusters(mesh, viewer);
        this.services = NaiveVisibility.services(mesh.services(), viewer.namespace());
        this.rules = NaiveVisibility.virtualServices(mesh.resources(), viewer.namespace());
    }

    /** What must become of the request. */
    Decision decide(Request request) {
        return viewer.gateway() ? atGateway(request) : inMesh(request);
    }

    // ---- sidecars ----

    private Decision inMesh(Request request) {
        List<Resource> forMesh =
                rules.stream()
                        .filter(
                                rule ->
                                        NaiveVisibility.spec(rule)
                                                .appliesTo()
                                                .contains(GatewayReference.MESH))
                        .toList();
        Optional<Service> service =
                services.stream()
                        .filter(candidate -> names(candidate).contains(request.host()))
                        .findFirst();
        if (service.isPresent()) {
            if (service.get().ports().stream().noneMatch(p -> p.number() == request.port())) {
                return new Decision.Passthrough();
            }
            Hostname host = service.get().hostname();
            return mostSpecific(forMesh, host, request.port())
                    .map(rule -> byRule(rule, request))
                    .orElseGet(() -> forward().plain(host, request));
        }
        if (request.port() != 80) {
            return new Decision.Passthrough();
        }
        // A host that no registry knows has a rule's routes on port 80 alone (§2.2.8).
        List<Resource> ofUnknown =
                forMesh.stream()
                        .filter(
                                rule ->
                                        services.stream()
                                                .noneMatch(
                                                        known ->
                                                                known.hostname()
                                                                        .subsetOf(
                                                                                NaiveVisibility
                                                                                        .host(
                                                                                                rule))))
                        .toList();
        return mostSpecific(ofUnknown, new Hostname(request.host()), request.port())
                .map(rule -> byRule(rule, request))
                .orElseGet(Decision.Passthrough::new);
    }

    /** Every name by which the viewer may call a service. */
    private List<String> names(Service service) {
        String full = service.hostname().value();
        List<String> names = new ArrayList<>(List.of(full));
        if (full.endsWith(".svc.cluster.local")) {
            names.add(service.name() + "." + service.namespace());
            names.add(service.name() + "." + service.namespace() + ".svc");
            if (service.namespace().equals(viewer.namespace())) {
                names.add(service.name());
            }
        }
        return names;
    }

    /**
     * Of the rules with the most specific host, which are not joined, the first that has anything
     * to say to this proxy.
     */
    private Optional<Resource> mostSpecific(List<Resource> candidates, Hostname host, int port) {
        Optional<Hostname> best =
                candidates.stream()
                        .map(NaiveVisibility::host)
                        .filter(host::subsetOf)
                        .min(
                                Comparator.comparing(Hostname::isWildcard)
                                        .thenComparingInt(covering -> -covering.value().length()));
        return candidates.stream()
                .filter(rule -> NaiveVisibility.host(rule).equals(best.orElse(null)))
                .filter(rule -> concernsUs(rule, port))
                .findFirst();
    }

    private boolean concernsUs(Resource rule, int port) {
        return NaiveVisibility.spec(rule).http().stream()
                .anyMatch(
                        route ->
                                route.match().isEmpty()
                                        || route.match().stream()
                                                .anyMatch(
                                                        match ->
                                                                NaiveMatch.concerns(
                                                                        match,
                                                                        port,
                                                                        viewer,
                                                                        GatewayReference::isMesh)));
    }

    private Decision byRule(Resource rule, Request request) {
        Predicate<GatewayReference> isMesh = GatewayReference::isMesh;
        for (HttpRoute route : NaiveVisibility.spec(rule).http()) {
            NaiveMatch.Fit fit = NaiveMatch.fit(route, request, viewer, isMesh);
            if (fit != null) {
                return forward().by(rule, route, fit.match(), request);
            }
        }
        return new Decision.NoRoute();
    }

    private NaiveForward forward() {
        return new NaiveForward(clusters);
    }

    // ---- gateways ----

    /** A route of a gateway's virtual host, with the rule that it came from. */
    private record Candidate(
            Resource rule, HttpRoute route, Predicate<GatewayReference> isThisGateway) {}

    private Decision atGateway(Request request) {
        Map<Hostname, List<Candidate>> hosts = virtualHosts(request.port());
        Hostname asked = new Hostname(request.host());
        Optional<Hostname> best =
                hosts.keySet().stream()
                        .filter(asked::subsetOf)
                        .min(
                                Comparator.comparing(Hostname::isWildcard)
                                        .thenComparingInt(host -> -host.value().length()));
        if (best.isEmpty()) {
            return new Decision.NoRoute();
        }
        for (Candidate candidate :
                catchAllsLast(hosts.getOrDefault(best.get(), List.of()), request.port())) {
            NaiveMatch.Fit fit =
                    NaiveMatch.fit(candidate.route(), request, viewer, candidate.isThisGateway());
            if (fit != null) {
                return forward().by(candidate.rule(), candidate.route(), fit.match(), request);
            }
        }
        return new Decision.NoRoute();
    }

    private Map<Hostname, List<Candidate>> virtualHosts(int port) {
        Map<Hostname, List<Candidate>> hosts = new LinkedHashMap<>();
        for (Resource gateway : gateways()) {
            String name = gateway.metadata().namespace() + "/" + gateway.metadata().name();
            for (Gateway.Server server : ((Gateway) gateway.spec()).servers()) {
                if (server.port().number() != port) {
                    continue;
                }
                for (Resource rule : rules) {
                    Predicate<GatewayReference> isThis =
                            reference -> qualified(reference, rule).equals(name);
                    if (NaiveVisibility.spec(rule).appliesTo().stream().anyMatch(isThis)) {
                        addRoutes(hosts, gateway, server, rule, isThis, port);
                    }
                }
            }
        }
        return hosts;
    }

    private void addRoutes(
            Map<Hostname, List<Candidate>> hosts,
            Resource gateway,
            Gateway.Server server,
            Resource rule,
            Predicate<GatewayReference> isThis,
            int port) {
        Hostname wanted = NaiveVisibility.host(rule);
        server.hosts().stream()
                .filter(
                        host ->
                                host.admits(
                                        rule.metadata().namespace(),
                                        gateway.metadata().namespace()))
                .filter(host -> host.host().matches(wanted))
                .map(host -> wanted.subsetOf(host.host()) ? wanted : host.host())
                .distinct()
                .forEach(
                        domain ->
                                NaiveMatch.reachable(
                                                NaiveVisibility.spec(rule).http(),
                                                port,
                                                viewer,
                                                isThis)
                                        .forEach(
                                                route ->
                                                        hosts.computeIfAbsent(
                                                                        domain,
                                                                        d -> new ArrayList<>())
                                                                .add(
                                                                        new Candidate(
                                                                                rule, route,
                                                                                isThis))));
    }

    private List<Resource> gateways() {
        return mesh.resources().stream()
                .filter(resource -> resource.kind() == Kind.GATEWAY)
                .filter(
                        resource ->
                                viewer.labels()
                                        .entrySet()
                                        .containsAll(
                                                ((Gateway) resource.spec()).selector().entrySet()))
                .sorted(NaiveVisibility.OLDEST)
                .toList();
    }

    /** Each match is a route of its own; those that take everything come after all others. */
    private List<Candidate> catchAllsLast(List<Candidate> candidates, int port) {
        List<Candidate> others = new ArrayList<>();
        List<Candidate> takingAll = new ArrayList<>();
        for (Candidate candidate : candidates) {
            HttpRoute route = candidate.route();
            if (route.match().isEmpty()) {
                takingAll.add(candidate);
                continue;
            }
            route.match()
                    .forEach(
                            match -> {
                                boolean concerns =
                                        NaiveMatch.concerns(
                                                match, port, viewer, candidate.isThisGateway());
                                List<Candidate> place =
                                        concerns && NaiveMatch.catchAll(match) ? takingAll : others;
                                place.add(
                                        new Candidate(
                                                candidate.rule(),
                                                NaiveForward.withMatch(route, match),
                                                candidate.isThisGateway()));
                            });
        }
        others.addAll(takingAll);
        return others;
    }

    private static String qualified(GatewayReference reference, Resource rule) {
        if (reference.isMesh()) {
            return MESH;
        }
        String namespace =
                reference.namespace() == null ? rule.metadata().namespace() : reference.namespace();
        return namespace + "/" + reference.name();
    }
}

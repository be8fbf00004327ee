package io.lateen.e2e.simulation;

import io.lateen.model.match.StringMatch;
import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.Destination;
import io.lateen.model.resource.DestinationRule;
import io.lateen.model.resource.Gateway;
import io.lateen.model.resource.GatewayReference;
import io.lateen.model.resource.Headers;
import io.lateen.model.resource.HttpMatch;
import io.lateen.model.resource.HttpRoute;
import io.lateen.model.resource.Kind;
import io.lateen.model.resource.LoadBalancer;
import io.lateen.model.resource.Metadata;
import io.lateen.model.resource.Percent;
import io.lateen.model.resource.PortSelector;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.Spec;
import io.lateen.model.resource.TrafficPolicy;
import io.lateen.model.resource.VirtualService;
import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Health;
import io.lateen.model.service.Locality;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Resolution;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;
import io.lateen.model.service.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Draws small meshes in which rules meet: few names, few ports, few header values, so that matches,
 * ties and shadows are common. Every rule drawn is valid.
 */
final class RandomMesh {

    static final List<String> NAMESPACES = List.of("default", "shop");
    static final List<String> NAMES = List.of("reviews", "ratings", "details");
    static final List<Integer> PORTS = List.of(80, 9080);
    static final List<String> VERSIONS = List.of("v1", "v2", "v3");
    static final String OUTSIDE = "api.example.com";
    static final List<String> PATHS = List.of("/", "/a", "/a/b", "/ab", "/A/b", "/c/1", "/c/22");
    static final List<String> VALUES = List.of("jason", "jas", "x1", "X1");
    static final List<String> GATEWAY_HOSTS =
            List.of("*", "*.example.com", "shop.example.com", "api.example.com");

    private static final List<String> DELIBERATE_METHODS = List.of("GET", "POST");

    private final SplittableRandom random;
    private final List<Resource> resources = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private final List<Endpoint> endpoints = new ArrayList<>();

    private RandomMesh(SplittableRandom random) {
        this.random = random;
    }

    /** What was drawn. */
    record Mesh(List<Resource> resources, List<Service> services, List<Endpoint> endpoints) {}

    /** Draws a mesh. */
    static Mesh draw(SplittableRandom random) {
        RandomMesh drawing = new RandomMesh(random);
        drawing.drawServices();
        int rules = random.nextInt(1, 5);
        for (int i = 0; i < rules; i++) {
            drawing.drawVirtualService(i);
        }
        int policies = random.nextInt(0, 4);
        for (int i = 0; i < policies; i++) {
            drawing.drawDestinationRule(i);
        }
        int gateways = random.nextInt(1, 3);
        for (int i = 0; i < gateways; i++) {
            drawing.drawGateway(i);
        }
        return new Mesh(
                List.copyOf(drawing.resources),
                List.copyOf(drawing.services),
                List.copyOf(drawing.endpoints));
    }

    private void drawServices() {
        int count = 0;
        for (String namespace : NAMESPACES) {
            for (String name : NAMES) {
                boolean both = chance(0.3);
                int only = pick(PORTS);
                List<ServicePort> ports =
                        PORTS.stream()
                                .filter(port -> both || port == only)
                                .map(port -> new ServicePort(port, "http", Protocol.HTTP, port))
                                .toList();
                addService(
                        new Hostname(name + "." + namespace + ".svc.cluster.local"),
                        namespace,
                        name,
                        ports,
                        chance(0.15) ? List.of(".") : List.of("*"),
                        count++);
            }
        }
        addService(
                new Hostname(OUTSIDE),
                "default",
                "api",
                List.of(new ServicePort(80, "http", Protocol.HTTP, 80)),
                List.of("*"),
                count);
    }

    private void addService(
            Hostname host,
            String namespace,
            String name,
            List<ServicePort> ports,
            List<String> exportTo,
            int index) {
        services.add(
                new Service(
                        host,
                        namespace,
                        name,
                        ports,
                        List.of(),
                        Resolution.STATIC,
                        false,
                        exportTo,
                        List.of(),
                        Map.of(),
                        Instant.ofEpochSecond(index),
                        "test"));
        for (String version : VERSIONS) {
            if (chance(0.2)) {
                continue;
            }
            Workload workload =
                    new Workload(
                            name + "-" + version,
                            namespace,
                            name + "-" + version,
                            "default",
                            Map.of("app", name, "version", version),
                            "Kubernetes",
                            Locality.UNKNOWN);
            for (ServicePort port : ports) {
                endpoints.add(
                        new Endpoint(
                                host,
                                port.number(),
                                "10.0.%d.%s".formatted(index, version.substring(1)),
                                port.number(),
                                workload,
                                Health.HEALTHY,
                                1));
            }
        }
    }

    private void drawVirtualService(int index) {
        String namespace = pick(NAMESPACES);
        List<Hostname> hosts = new ArrayList<>();
        List<GatewayReference> gateways;
        if (chance(0.3)) {
            hosts.add(new Hostname(pick(GATEWAY_HOSTS)));
            gateways = List.of(GatewayReference.parse(pick(List.of("edge-0", "shop/edge-1"))));
        } else {
            hosts.add(
                    new Hostname(
                            pick(
                                    List.of(
                                            pick(NAMES),
                                            pick(NAMES)
                                                    + "."
                                                    + pick(NAMESPACES)
                                                    + ".svc.cluster.local",
                                            "*.shop.svc.cluster.local",
                                            OUTSIDE,
                                            "nowhere.example.org"))));
            gateways =
                    chance(0.8)
                            ? List.of()
                            : List.of(GatewayReference.MESH, GatewayReference.parse("edge-0"));
        }
        List<HttpRoute> routes = new ArrayList<>();
        int count = random.nextInt(1, 4);
        for (int i = 0; i < count; i++) {
            routes.add(drawRoute(namespace));
        }
        VirtualService spec =
                new VirtualService(hosts, gateways, drawExportTo(), routes, List.of(), List.of());
        add(Kind.VIRTUAL_SERVICE, namespace, "rule-" + index, spec);
    }

    private List<String> drawExportTo() {
        return pick(
                List.of(
                        List.of(),
                        List.of(),
                        List.of("*"),
                        List.of("."),
                        List.of("shop"),
                        List.of("default", ".")));
    }

    private HttpRoute drawRoute(String namespace) {
        List<HttpMatch> matches = new ArrayList<>();
        int count = chance(0.25) ? 0 : random.nextInt(1, 3);
        for (int i = 0; i < count; i++) {
            matches.add(drawMatch());
        }
        int kind = random.nextInt(10);
        if (kind == 0) {
            return route(matches, List.of(), drawRedirect(matches), null, null, null, null, null);
        }
        if (kind == 1) {
            HttpRoute.DirectResponse answer =
                    new HttpRoute.DirectResponse(
                            pick(List.of(200, 404, 503)), new HttpRoute.Body("hello", null));
            return route(matches, List.of(), null, answer, null, null, null, null);
        }
        return route(
                matches,
                drawDestinations(namespace),
                null,
                null,
                orNull(0.3, () -> drawRewrite()),
                orNull(0.3, () -> Duration.ofMillis(random.nextInt(1, 9000))),
                orNull(0.3, this::drawRetries),
                orNull(0.3, this::drawFault));
    }

    private HttpRoute route(
            List<HttpMatch> matches,
            List<HttpRoute.HttpDestination> destinations,
            HttpRoute.@Nullable Redirect redirect,
            HttpRoute.@Nullable DirectResponse answer,
            HttpRoute.@Nullable Rewrite rewrite,
            @Nullable Duration timeout,
            HttpRoute.@Nullable Retries retries,
            HttpRoute.@Nullable Fault fault) {
        boolean forwards = !destinations.isEmpty();
        List<HttpRoute.Mirror> mirrors =
                forwards && chance(0.2)
                        ? List.of(
                                new HttpRoute.Mirror(
                                        new Destination(new Hostname(pick(NAMES)), null, null),
                                        pick(java.util.Arrays.asList(null, new Percent(25)))))
                        : List.of();
        Headers headers =
                forwards && chance(0.3)
                        ? new Headers(drawOperations("x-route"), Headers.Operations.NONE)
                        : Headers.UNCHANGED;
        return new HttpRoute(
                null,
                matches,
                destinations,
                redirect,
                answer,
                null,
                rewrite,
                timeout,
                retries,
                fault,
                null,
                null,
                null,
                mirrors,
                null,
                headers);
    }

    /** Names differ by level and operation: which level has the last word is not the question. */
    private Headers.Operations drawOperations(String prefix) {
        Map<String, String> set = chance(0.5) ? Map.of(prefix + "-set", "s") : Map.of();
        Map<String, String> add = chance(0.5) ? Map.of(prefix + "-add", "a") : Map.of();
        List<String> remove = chance(0.5) ? List.of(prefix + "-remove") : List.of();
        return new Headers.Operations(set, add, remove);
    }

    private List<HttpRoute.HttpDestination> drawDestinations(String namespace) {
        List<HttpRoute.HttpDestination> destinations = new ArrayList<>();
        int count = random.nextInt(1, 4);
        List<Integer> weights = count == 1 ? List.of(pick(List.of(0, 100))) : drawWeights(count);
        for (int i = 0; i < count; i++) {
            Hostname host =
                    new Hostname(
                            pick(
                                    List.of(
                                            pick(NAMES),
                                            pick(NAMES) + ".shop.svc.cluster.local",
                                            OUTSIDE,
                                            "missing." + namespace + ".svc.cluster.local")));
            PortSelector port = chance(0.4) ? new PortSelector(pick(PORTS)) : null;
            String subset = chance(0.6) ? pick(VERSIONS) : null;
            Headers headers =
                    chance(0.2)
                            ? new Headers(drawOperations("x-destination"), Headers.Operations.NONE)
                            : Headers.UNCHANGED;
            destinations.add(
                    new HttpRoute.HttpDestination(
                            new Destination(host, subset, port), weights.get(i), headers));
        }
        return destinations;
    }

    private List<Integer> drawWeights(int count) {
        List<Integer> weights = new ArrayList<>(List.of(random.nextInt(1, 101)));
        while (weights.size() < count) {
            weights.add(pick(List.of(0, 10, 50, 90)));
        }
        return weights;
    }

    private HttpMatch drawMatch() {
        return new HttpMatch(
                null,
                orNull(0.6, this::drawPathMatch),
                orNull(0.05, () -> new StringMatch.Exact("http")),
                orNull(0.2, () -> new StringMatch.Exact(pick(DELIBERATE_METHODS))),
                orNull(0.1, () -> new StringMatch.Prefix(pick(List.of("re", "api", "shop")))),
                drawHeaderMatches(0.3),
                drawHeaderMatches(0.15),
                chance(0.15) ? Map.of("q", drawValueMatch()) : Map.of(),
                orNull(0.15, () -> pick(PORTS)),
                chance(0.15) ? Map.of("version", pick(VERSIONS)) : Map.of(),
                orNull(0.1, () -> pick(NAMESPACES)),
                chance(0.1)
                        ? List.of(
                                GatewayReference.parse(
                                        pick(List.of("mesh", "edge-0", "shop/edge-1"))))
                        : List.of(),
                chance(0.15),
                null);
    }

    private StringMatch drawPathMatch() {
        return switch (random.nextInt(4)) {
            case 0 -> new StringMatch.Exact(pick(PATHS));
            case 1 -> new StringMatch.Regex(pick(List.of("/c/[0-9]", "/a.*", ".*", "/(a|c)/.+")));
            default -> new StringMatch.Prefix(pick(PATHS));
        };
    }

    private Map<String, StringMatch> drawHeaderMatches(double share) {
        Map<String, StringMatch> matches = new LinkedHashMap<>();
        for (String name : List.of("end-user", "x-canary")) {
            if (chance(share)) {
                matches.put(name, drawValueMatch());
            }
        }
        return matches;
    }

    private StringMatch drawValueMatch() {
        return switch (random.nextInt(5)) {
            case 0 -> new StringMatch.Present();
            case 1 -> new StringMatch.Prefix("jas");
            case 2 -> new StringMatch.Regex("[xX][0-9]+");
            default -> new StringMatch.Exact(pick(VALUES));
        };
    }

    private HttpRoute.Redirect drawRedirect(List<HttpMatch> matches) {
        boolean byPrefix =
                !matches.isEmpty()
                        && matches.stream().allMatch(m -> m.uri() instanceof StringMatch.Prefix)
                        && chance(0.5);
        return new HttpRoute.Redirect(
                byPrefix ? null : orNull(0.6, () -> "/elsewhere"),
                byPrefix ? "/moved" : null,
                orNull(0.5, () -> "other.example.com"),
                orNull(0.3, () -> "https"),
                orNull(0.2, () -> pick(List.of(80, 443, 8443))),
                null,
                pick(List.of(0, 302, 307)));
    }

    private HttpRoute.Rewrite drawRewrite() {
        return switch (random.nextInt(3)) {
            case 0 -> new HttpRoute.Rewrite("/new", orNull(0.3, () -> "rewritten.host"), null);
            case 1 -> new HttpRoute.Rewrite(null, "rewritten.host", null);
            default ->
                    new HttpRoute.Rewrite(
                            null, null, new HttpRoute.RegexRewrite("/c/([0-9]+)", "/d/\\1/e"));
        };
    }

    private HttpRoute.Retries drawRetries() {
        if (chance(0.2)) {
            return new HttpRoute.Retries(0, null, null, null, null, null);
        }
        return new HttpRoute.Retries(
                random.nextInt(1, 5),
                orNull(0.5, () -> Duration.ofMillis(random.nextInt(10, 2000))),
                pick(
                        java.util.Arrays.asList(
                                null, "5xx,reset", "gateway-error,connect-failure", "503,429")),
                null,
                null,
                null);
    }

    private HttpRoute.Fault drawFault() {
        HttpRoute.Delay delay =
                orNull(
                        0.6,
                        () ->
                                new HttpRoute.Delay(
                                        Duration.ofMillis(random.nextInt(1, 7000)),
                                        null,
                                        pick(List.of(new Percent(100), new Percent(0.5))),
                                        null));
        HttpRoute.Abort abort =
                delay == null || chance(0.5)
                        ? new HttpRoute.Abort(
                                pick(List.of(500, 555)),
                                null,
                                null,
                                pick(java.util.Arrays.asList(null, new Percent(30))))
                        : null;
        return new HttpRoute.Fault(delay, abort);
    }

    private void drawDestinationRule(int index) {
        String namespace = pick(NAMESPACES);
        Hostname host =
                new Hostname(
                        pick(
                                List.of(
                                        pick(NAMES),
                                        pick(NAMES) + ".shop.svc.cluster.local",
                                        "*.shop.svc.cluster.local",
                                        OUTSIDE)));
        List<DestinationRule.Subset> subsets = new ArrayList<>();
        for (String version : VERSIONS) {
            if (chance(0.7)) {
                subsets.add(
                        new DestinationRule.Subset(
                                version,
                                Map.of("version", version),
                                orNull(0.3, this::drawPolicy)));
            }
        }
        add(
                Kind.DESTINATION_RULE,
                namespace,
                "policy-" + index,
                new DestinationRule(
                        host,
                        orNull(0.5, this::drawPolicy),
                        subsets,
                        pick(List.of(List.<String>of(), List.of("*"), List.of("."))),
                        null));
    }

    private TrafficPolicy drawPolicy() {
        LoadBalancer.Simple simple =
                pick(
                        List.of(
                                LoadBalancer.Simple.ROUND_ROBIN,
                                LoadBalancer.Simple.RANDOM,
                                LoadBalancer.Simple.LEAST_REQUEST));
        return new TrafficPolicy(
                new LoadBalancer(simple, null, null, null, null, null, null),
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null);
    }

    private void drawGateway(int index) {
        List<Gateway.GatewayHost> hosts = new ArrayList<>();
        int count = random.nextInt(1, 3);
        for (int i = 0; i < count; i++) {
            String host = pick(GATEWAY_HOSTS);
            hosts.add(Gateway.GatewayHost.parse(chance(0.2) ? "shop/" + host : host));
        }
        Gateway.Server server =
                new Gateway.Server(
                        new Gateway.ServerPort(8080, Protocol.HTTP, "http", null),
                        hosts.stream().distinct().toList(),
                        null,
                        null,
                        null,
                        null);
        add(
                Kind.GATEWAY,
                NAMESPACES.get(index),
                "edge-" + index,
                new Gateway(
                        chance(0.9)
                                ? Map.of("istio", "ingressgateway")
                                : Map.of("istio", "another"),
                        List.of(server)));
    }

    private void add(Kind kind, String namespace, String name, Spec spec) {
        long number = resources.size() + 1L;
        // Some share a second, so that names break the tie.
        Instant created = Instant.ofEpochSecond(1000 + random.nextInt(3));
        resources.add(
                new Resource(
                        kind,
                        new Metadata(
                                namespace,
                                name,
                                "uid-" + number,
                                number,
                                1,
                                created,
                                Map.of(),
                                Map.of()),
                        spec));
    }

    /** Draws a request that an application in the mesh sends. */
    static Request drawMeshRequest(SplittableRandom random) {
        RandomMesh drawing = new RandomMesh(random);
        int port = drawing.pick(PORTS);
        String name = drawing.pick(NAMES);
        String namespace = drawing.pick(NAMESPACES);
        String host =
                drawing.pick(
                        List.of(
                                name,
                                name,
                                name + "." + namespace,
                                name + "." + namespace + ".svc",
                                name + "." + namespace + ".svc.cluster.local",
                                OUTSIDE,
                                "nowhere.example.org",
                                "unknown"));
        return drawing.request(port, host + ":" + port);
    }

    /** Draws a request that comes to a gateway. */
    static Request drawGatewayRequest(SplittableRandom random) {
        RandomMesh drawing = new RandomMesh(random);
        String host =
                drawing.pick(
                        List.of(
                                "shop.example.com",
                                "api.example.com",
                                "x.example.com",
                                "other.org"));
        return drawing.request(8080, drawing.chance(0.5) ? host : host + ":8080");
    }

    private Request request(int port, String authority) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : List.of("end-user", "x-canary")) {
            if (chance(0.5)) {
                headers.put(name, pick(VALUES));
            }
        }
        for (String name :
                List.of("x-route-set", "x-route-add", "x-route-remove", "x-destination-remove")) {
            if (chance(0.3)) {
                headers.put(name, "sent");
            }
        }
        return new Request(
                port,
                pick(DELIBERATE_METHODS),
                authority,
                pick(PATHS),
                chance(0.3) ? "q=" + pick(VALUES) : null,
                headers);
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }

    private <T extends @Nullable Object> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private <T> @Nullable T orNull(double share, Supplier<T> draw) {
        return chance(share) ? draw.get() : null;
    }
}

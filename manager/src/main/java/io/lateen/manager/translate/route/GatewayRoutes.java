package io.lateen.manager.translate.route;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.snapshot.NamespaceView;
import io.lateen.manager.snapshot.RoutingRule;
import io.lateen.manager.translate.gateway.OpenServers.Door;
import io.lateen.manager.translate.gateway.OpenServers.OpenServer;
import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.Gateway;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * The routes of a router. A host's routes are those of every VirtualService that is bound to the
 * Gateway and covers it, one after another in the order in which they win; routes that take every
 * request come last. A host of which no VirtualService speaks gets 404.
 */
public final class GatewayRoutes {

    private final NamespaceView view;
    private final Targets targets;
    private final Source source;
    private final RouteMemory memory;
    private final Set<Finding> findings = new LinkedHashSet<>();

    /** The routes of a router that sees this view. */
    public GatewayRoutes(NamespaceView view, Targets targets, Source source, RouteMemory memory) {
        this.view = view;
        this.targets = targets;
        this.source = source;
        this.memory = memory;
    }

    /** What the authors of the rules should know, once the tables are made. */
    public Set<Finding> findings() {
        return findings;
    }

    /** The table of a door whose requests come in plain text. */
    public RouteTable table(Door door, List<OpenServer> servers, ToIntFunction<Hostname> https) {
        return table(door.routes(), door.port(), servers, https);
    }

    /** The table of one server whose requests come encrypted. */
    public RouteTable table(OpenServer open) {
        return table(
                open.httpsRoutes(),
                open.server().port().number(),
                List.of(open),
                host -> open.server().port().number());
    }

    /**
     * @param https on which port a host is served with https, for servers that send clients there
     */
    private RouteTable table(
            String name, int port, List<OpenServer> servers, ToIntFunction<Hostname> https) {
        Map<Hostname, Set<RuleRoutes>> byHost = new LinkedHashMap<>();
        Domains domains = new Domains();
        List<VirtualHost> hosts = new ArrayList<>();
        for (OpenServer open : servers) {
            if (open.redirects()) {
                for (Hostname host : open.hosts()) {
                    hosts.add(redirect(host, port, https.applyAsInt(host), domains));
                }
            } else {
                view.rulesFor(open.gateway().key()).forEach(rule -> add(open, rule, port, byHost));
            }
        }
        hosts.removeIf(host -> host.getDomainsCount() == 0);
        byHost.forEach(
                (host, sources) -> {
                    List<String> free = domains.take(List.of(host.value()), port);
                    List<Route> routes = catchAllsLast(sources);
                    // Without a domain another server of the port redirects all of its requests.
                    if (!free.isEmpty()) {
                        hosts.add(memory.host(new HostRoutes(host + ":" + port, free, routes)));
                    }
                });
        if (hosts.isEmpty()) {
            hosts.add(
                    VirtualHost.newBuilder().setName("blackhole:" + port).addDomains("*").build());
        }
        return new RouteTable(name, hosts);
    }

    private VirtualHost redirect(Hostname host, int port, int httpsPort, Domains domains) {
        return memory.host(
                new HostRoutes(
                        host + ":" + port,
                        domains.take(List.of(host.value()), port),
                        List.of(StandingRoutes.toHttps(httpsPort))));
    }

    private void add(
            OpenServer open, RoutingRule rule, int port, Map<Hostname, Set<RuleRoutes>> byHost) {
        for (Gateway.GatewayHost admitted : open.server().hosts()) {
            if (!admitted.admits(rule.namespace(), open.gateway().metadata().namespace())) {
                continue;
            }
            for (Hostname host : rule.hosts()) {
                overlap(admitted.host(), host)
                        .ifPresent(
                                both ->
                                        byHost.computeIfAbsent(both, key -> new LinkedHashSet<>())
                                                .add(routes(open, rule, port)));
            }
        }
    }

    private RuleRoutes routes(OpenServer open, RoutingRule rule, int port) {
        return new RuleRoutes(
                rule.resource(),
                port,
                new Side.AtGateway(open.gateway().key()),
                source,
                targets.ofHttp(rule, port),
                false);
    }

    /** What both names cover: the narrower of the two, if one covers the other. */
    private static Optional<Hostname> overlap(Hostname server, Hostname rule) {
        if (rule.subsetOf(server)) {
            return Optional.of(rule);
        }
        return server.subsetOf(rule) ? Optional.of(server) : Optional.empty();
    }

    private List<Route> catchAllsLast(Set<RuleRoutes> sources) {
        List<Route> narrow = new ArrayList<>();
        List<Route> catchAlls = new ArrayList<>();
        for (RuleRoutes rule : sources) {
            RouteSource.Routes made = memory.routes(rule);
            findings.addAll(made.findings());
            for (Route route : made.routes()) {
                (Matchers.takesEverything(route.getMatch()) ? catchAlls : narrow).add(route);
            }
        }
        narrow.addAll(catchAlls);
        return narrow;
    }
}

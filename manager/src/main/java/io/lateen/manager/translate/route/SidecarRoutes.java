package io.lateen.manager.translate.route;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.snapshot.NamespaceView;
import io.lateen.manager.snapshot.RoutingRule;
import io.lateen.manager.translate.envoy.OutboundPolicy;
import io.lateen.model.naming.Hostname;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Service;
import io.lateen.model.service.ServicePort;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The outbound routes of one kind of client. A service's requests follow the VirtualService with
 * the most specific host for it; of several with the same host the first that has a route for the
 * port, and nothing of the others. A host that no service has is routed on port 80.
 */
public final class SidecarRoutes {

    private static final String ANY_DOMAIN = "*";

    private final NamespaceView view;
    private final Targets targets;
    private final Source source;
    private final OutboundPolicy policy;
    private final RouteMemory memory;
    private final HostRules rules;
    private final Set<Finding> findings = new LinkedHashSet<>();

    /** The routes of clients that see this view. */
    public SidecarRoutes(
            NamespaceView view,
            Targets targets,
            Source source,
            OutboundPolicy policy,
            RouteMemory memory) {
        this.view = view;
        this.targets = targets;
        this.source = source;
        this.policy = policy;
        this.memory = memory;
        this.rules = HostRules.of(view);
    }

    /** What the authors of the rules should know, once the tables are made. */
    public Set<Finding> findings() {
        return findings;
    }

    /** The table of every HTTP port, by its number; port 80 also where only a rule names a host. */
    public List<RouteTable> tables() {
        TreeMap<Integer, List<Service>> byPort = new TreeMap<>();
        for (Service service : view.services()) {
            for (ServicePort port : service.ports()) {
                if (port.protocol().isHttp()) {
                    byPort.computeIfAbsent(port.number(), number -> new ArrayList<>()).add(service);
                }
            }
        }
        for (HostRules.UnknownHost unknown : rules.unknownHosts()) {
            byPort.computeIfAbsent(unknown.port(), number -> new ArrayList<>());
        }
        List<RouteTable> tables = new ArrayList<>();
        byPort.forEach((port, services) -> tables.add(table(port, services)));
        return tables;
    }

    /** The tables of ports whose protocol is found out: one each, reached by its address alone. */
    public List<RouteTable> sniffedTables() {
        List<RouteTable> tables = new ArrayList<>();
        for (Service service : view.services()) {
            for (ServicePort port : service.ports()) {
                if (port.protocol() == Protocol.UNDECLARED) {
                    tables.add(
                            new RouteTable(
                                    sniffedName(service, port),
                                    List.of(
                                            host(
                                                    service,
                                                    port.number(),
                                                    namesAndAny(service, port.number()),
                                                    false))));
                }
            }
        }
        return tables;
    }

    /** The names too: a request without a port finds the listener by them. */
    private List<String> namesAndAny(Service service, int port) {
        List<String> domains =
                new ArrayList<>(new Domains().take(view.formsOf(service.hostname()), port));
        domains.add(ANY_DOMAIN);
        return domains;
    }

    /** The name of the table of a port whose protocol is found out. */
    public static String sniffedName(Service service, ServicePort port) {
        return service.hostname() + ":" + port.number();
    }

    /** The virtual host of one service for a gRPC client, in a table of its own. */
    public RouteTable grpcTable(String name, Service service, int port) {
        List<String> names = view.formsOf(service.hostname());
        return new RouteTable(
                name, List.of(host(service, port, new Domains().take(names, port), true)));
    }

    private RouteTable table(int port, List<Service> services) {
        Domains domains = new Domains();
        List<VirtualHost> hosts = new ArrayList<>();
        for (Service service : services) {
            List<String> names = new ArrayList<>(view.formsOf(service.hostname()));
            names.addAll(view.serviceIndex().addresses(service));
            hosts.add(host(service, port, domains.take(names, port), false));
        }
        for (HostRules.UnknownHost unknown : rules.unknownHosts()) {
            if (unknown.port() == port) {
                unknownHost(unknown, domains).ifPresent(hosts::add);
            }
        }
        if (domains.anyIsFree()) {
            hosts.add(StandingRoutes.unknownHosts(policy));
        }
        return new RouteTable(Integer.toString(port), hosts);
    }

    private VirtualHost host(Service service, int port, List<String> domains, boolean forGrpc) {
        return memory.host(
                new HostRoutes(
                        service.hostname() + ":" + port, domains, routes(service, port, forGrpc)));
    }

    /** The first rule that has a route for the port decides alone. */
    private List<Route> routes(Service service, int port, boolean forGrpc) {
        Optional<RoutingRule> deciding = Optional.empty();
        List<Route> routes = List.of();
        for (RoutingRule rule : rules.forService(service.hostname())) {
            if (deciding.isPresent()) {
                shadowed(rule, deciding.get(), service.hostname());
                continue;
            }
            RouteSource.Routes made = made(rule, port, forGrpc);
            if (!made.routes().isEmpty()) {
                deciding = Optional.of(rule);
                routes = made.routes();
            }
        }
        return deciding.isPresent()
                ? routes
                : memory.routes(new ServiceRoutes(targets.of(service, port))).routes();
    }

    private RouteSource.Routes made(RoutingRule rule, int port, boolean forGrpc) {
        RouteSource.Routes made =
                memory.routes(
                        new RuleRoutes(
                                rule.resource(),
                                port,
                                Side.SIDECAR,
                                source,
                                targets.ofHttp(rule, port),
                                forGrpc));
        findings.addAll(made.findings());
        return made;
    }

    /** As it is written: only a service has further names. */
    private Optional<VirtualHost> unknownHost(HostRules.UnknownHost unknown, Domains domains) {
        Predicate<List<?>> isThere = list -> !list.isEmpty();
        List<Route> routes = made(unknown.rule(), unknown.port(), false).routes();
        if (routes.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(domains.take(List.of(unknown.host().value()), unknown.port()))
                .filter(isThere)
                .map(
                        free ->
                                memory.host(
                                        new HostRoutes(
                                                unknown.host() + ":" + unknown.port(),
                                                free,
                                                routes)));
    }

    private void shadowed(RoutingRule rule, RoutingRule deciding, Hostname host) {
        if (rule.spec().http().isEmpty()) {
            return;
        }
        int index = Math.max(0, rule.hosts().indexOf(rule.mostSpecificHostFor(host).orElse(host)));
        findings.add(
                new Finding(
                        rule.resource().key(),
                        "spec.hosts[" + index + "]",
                        "found host %s, which %s routes already: sidecars do not merge VirtualServices and keep to that one; put the routes of a host into one resource"
                                .formatted(
                                        rule.spec().hosts().get(index),
                                        deciding.resource().key())));
    }
}

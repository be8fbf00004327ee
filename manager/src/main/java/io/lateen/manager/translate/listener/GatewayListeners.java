package io.lateen.manager.translate.listener;

import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.snapshot.NamespaceView;
import io.lateen.manager.snapshot.RoutingRule;
import io.lateen.manager.translate.cluster.ServicePolicies;
import io.lateen.manager.translate.gateway.OpenServers.Door;
import io.lateen.manager.translate.gateway.OpenServers.OpenServer;
import io.lateen.manager.translate.route.Side;
import io.lateen.manager.translate.route.Source;
import io.lateen.manager.translate.route.Targets;
import io.lateen.manager.translate.security.Guard;
import io.lateen.manager.translate.security.TrustDomains;
import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.Gateway;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The listeners of a router: one for every door, read as HTTP or passed on as bytes. */
public final class GatewayListeners {

    private final NamespaceView view;
    private final ServicePolicies policies;
    private final Source source;
    private final Guard guard;
    private final AccessLogging accessLog;
    private final TrustDomains trust;
    private final Set<Finding> findings = new LinkedHashSet<>();

    /** The listeners of a router that sees this view. */
    public GatewayListeners(
            NamespaceView view,
            ServicePolicies policies,
            Source source,
            Guard guard,
            AccessLogging accessLog,
            TrustDomains trust) {
        this.view = view;
        this.policies = policies;
        this.source = source;
        this.guard = guard;
        this.accessLog = accessLog;
        this.trust = trust;
    }

    /** What the authors of the rules should know, once the plans are made. */
    public Set<Finding> findings() {
        return findings;
    }

    /** The listener of a door whose servers speak HTTP. */
    public ListenerPlan http(Door door, String ownAddress) {
        return new ListenerPlan.GatewayPort(
                door.listener(),
                door.address(ownAddress),
                door.port(),
                door.routes(),
                guard,
                accessLog);
    }

    /**
     * The listener of a door whose connections are passed on: by the first TCP route that fits, of
     * the VirtualServices bound to its Gateways. Where there is none, connections are closed.
     */
    public ListenerPlan tcp(Door door, List<OpenServer> servers, String ownAddress) {
        Optional<TcpShares> shares = Optional.empty();
        for (OpenServer open : servers) {
            if (shares.isEmpty()) {
                shares = shares(door, open, ownAddress);
            }
        }
        return new ListenerPlan.GatewayTcpPort(
                door.listener(),
                door.address(ownAddress),
                door.port(),
                shares.orElseGet(TcpShares::none),
                guard,
                accessLog);
    }

    /**
     * The listener of a door whose connections are encrypted: the name that a connection asks for
     * says which server it is for. Of several that want one name the first has it.
     */
    public ListenerPlan tls(Door door, List<OpenServer> servers, String ownAddress) {
        ServerNames names = new ServerNames();
        List<GatewayTlsPort.Chain> chains = new ArrayList<>();
        for (OpenServer open : servers) {
            Gateway.ServerTls tls = open.server().tls();
            if (tls == null) {
                continue;
            }
            if (tls.mode() == Gateway.ServerTlsMode.PASSTHROUGH) {
                chains.addAll(passedOn(door, open, names, ownAddress));
                continue;
            }
            ServerNames.Free free = names.take(open.hosts());
            if (free.none()) {
                nothingLeft(open, door);
            } else if (open.readsRequests()) {
                chains.add(
                        new GatewayTlsPort.Chain.Requests(
                                free.names(), tls, trust, open.httpsRoutes()));
            } else {
                chains.add(
                        new GatewayTlsPort.Chain.Decrypted(
                                free.names(),
                                tls,
                                trust,
                                shares(door, open, ownAddress).orElseGet(TcpShares::none)));
            }
        }
        return new GatewayTlsPort(
                door.listener(), door.address(ownAddress), door.port(), chains, guard, accessLog);
    }

    private List<GatewayTlsPort.Chain> passedOn(
            Door door, OpenServer open, ServerNames names, String ownAddress) {
        TcpRules rules = rules(open);
        List<GatewayTlsPort.Chain> chains = new ArrayList<>();
        for (TcpRules.ByName each :
                rules.byNames(door.port(), door.address(ownAddress), admitted(open))) {
            ServerNames.Free free =
                    names.take(
                            each.names().stream()
                                    .flatMap(name -> overlaps(name, open).stream())
                                    .toList());
            if (!free.none()) {
                chains.add(new GatewayTlsPort.Chain.PassedOn(free.names(), each.shares()));
            }
        }
        findings.addAll(rules.findings());
        // What no rule names is closed, and no other server gets to see it.
        ServerNames.Free rest = names.take(open.hosts());
        if (!rest.none()) {
            chains.add(new GatewayTlsPort.Chain.PassedOn(rest.names(), TcpShares.none()));
        } else if (chains.isEmpty()) {
            nothingLeft(open, door);
        }
        return chains;
    }

    /** What a rule's name and the server's hosts both cover. */
    private static List<Hostname> overlaps(Hostname name, OpenServer open) {
        return open.hosts().stream()
                .flatMap(
                        host ->
                                name.subsetOf(host)
                                        ? Stream.of(name)
                                        : host.subsetOf(name) ? Stream.of(host) : Stream.of())
                .toList();
    }

    private void nothingLeft(OpenServer open, Door door) {
        Gateway gateway = (Gateway) open.gateway().spec();
        findings.add(
                new Finding(
                        open.gateway().key(),
                        "spec.servers[" + gateway.servers().indexOf(open.server()) + "].hosts",
                        "found %s, which other servers of port %d answer for already: the server gets no connections; use other hosts or another port"
                                .formatted(open.hosts(), door.port())));
    }

    private Optional<TcpShares> shares(Door door, OpenServer open, String ownAddress) {
        TcpRules rules = rules(open);
        Optional<TcpShares> shares =
                rules.byRules(door.port(), door.address(ownAddress), admitted(open));
        findings.addAll(rules.findings());
        return shares;
    }

    private TcpRules rules(OpenServer open) {
        return new TcpRules(
                new Targets(view, policies),
                policies,
                source,
                new Side.AtGateway(open.gateway().key()));
    }

    private List<RoutingRule> admitted(OpenServer open) {
        return view.rulesFor(open.gateway().key()).filter(rule -> isAdmitted(rule, open)).toList();
    }

    private static boolean isAdmitted(RoutingRule rule, OpenServer open) {
        Gateway.Server server = open.server();
        return server.hosts().stream()
                .filter(
                        host ->
                                host.admits(
                                        rule.namespace(), open.gateway().metadata().namespace()))
                .anyMatch(host -> rule.hosts().stream().anyMatch(host.host()::matches));
    }
}

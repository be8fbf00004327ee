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
import io.lateen.model.resource.Gateway;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The listeners of a router: one for every door, read as HTTP or passed on as bytes. */
public final class GatewayListeners {

    private final NamespaceView view;
    private final ServicePolicies policies;
    private final Source source;
    private final Guard guard;
    private final AccessLogging accessLog;
    private final Set<Finding> findings = new LinkedHashSet<>();

    /** The listeners of a router that sees this view. */
    public GatewayListeners(
            NamespaceView view,
            ServicePolicies policies,
            Source source,
            Guard guard,
            AccessLogging accessLog) {
        this.view = view;
        this.policies = policies;
        this.source = source;
        this.guard = guard;
        this.accessLog = accessLog;
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

    private Optional<TcpShares> shares(Door door, OpenServer open, String ownAddress) {
        TcpRules rules =
                new TcpRules(
                        new Targets(view, policies),
                        policies,
                        source,
                        new Side.AtGateway(open.gateway().key()));
        Optional<TcpShares> shares =
                rules.byRules(
                        door.port(),
                        door.address(ownAddress),
                        view.rulesFor(open.gateway().key())
                                .filter(rule -> isAdmitted(rule, open))
                                .toList());
        findings.addAll(rules.findings());
        return shares;
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

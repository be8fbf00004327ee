package io.lateen.manager.translate.listener;

import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.snapshot.RoutingRule;
import io.lateen.manager.translate.cluster.PortTraffic;
import io.lateen.manager.translate.cluster.ServicePolicies;
import io.lateen.manager.translate.listener.TcpShares.Share;
import io.lateen.manager.translate.route.Side;
import io.lateen.manager.translate.route.Source;
import io.lateen.manager.translate.route.Target;
import io.lateen.manager.translate.route.Targets;
import io.lateen.model.naming.Hostname;
import io.lateen.model.resource.TcpRoute;
import io.lateen.model.resource.TcpRoute.TcpMatch;
import io.lateen.model.resource.TcpRoute.WeightedDestination;
import io.lateen.model.resource.TlsRoute;
import io.lateen.model.resource.TlsRoute.TlsMatch;
import io.lateen.model.service.Service;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the connections to a service's port go: by the first TCP route whose match fits, of the
 * VirtualServices with the most specific host; else to the service itself. Unlike those of
 * requests, all parts of a match must fit, the client's also where gateways are named.
 */
final class TcpRules {

    private final Targets targets;
    private final ServicePolicies policies;
    private final Source source;
    private final Side side;
    private final Set<Finding> findings = new LinkedHashSet<>();

    TcpRules(Targets targets, ServicePolicies policies, Source source, Side side) {
        this.targets = targets;
        this.policies = policies;
        this.source = source;
        this.side = side;
    }

    /** What the authors of the rules should know. */
    Set<Finding> findings() {
        return findings;
    }

    /** The shares of the connections to one port at one address of a service. */
    TcpShares shares(Service service, int port, String address, List<RoutingRule> rules) {
        return byRules(port, address, rules)
                .orElseGet(
                        () ->
                                TcpShares.of(
                                        List.of(
                                                new Share(
                                                        targets.of(service, port)
                                                                .cluster()
                                                                .toString(),
                                                        1)),
                                        policies.traffic(service, port, "")));
    }

    /** The shares by the first route that fits; nothing if none does. */
    Optional<TcpShares> byRules(int port, String address, List<RoutingRule> rules) {
        for (RoutingRule rule : rules) {
            for (int i = 0; i < rule.spec().tcp().size(); i++) {
                TcpRoute route = rule.spec().tcp().get(i);
                if (fits(route, port, address, rule)) {
                    return Optional.of(shares(rule, route.route(), "spec.tcp[" + i + "]", port));
                }
            }
        }
        return Optional.empty();
    }

    private boolean fits(TcpRoute route, int port, String address, RoutingRule rule) {
        return route.match().isEmpty()
                || route.match().stream().anyMatch(match -> fits(match, port, address, rule));
    }

    private boolean fits(TcpMatch match, int port, String address, RoutingRule rule) {
        Integer wantedPort = match.port();
        String namespace = match.sourceNamespace();
        return (wantedPort == null || wantedPort == port)
                && (match.gateways().isEmpty() || side.isAmong(match.gateways(), rule.namespace()))
                && source.fits(match.sourceLabels(), namespace == null ? "" : namespace)
                && isTo(match.destinationSubnets(), address);
    }

    private boolean fits(TlsMatch match, int port, String address, RoutingRule rule) {
        Integer wantedPort = match.port();
        String namespace = match.sourceNamespace();
        return (wantedPort == null || wantedPort == port)
                && (match.gateways().isEmpty() || side.isAmong(match.gateways(), rule.namespace()))
                && source.fits(match.sourceLabels(), namespace == null ? "" : namespace)
                && isTo(match.destinationSubnets(), address);
    }

    private static boolean isTo(List<String> subnets, String address) {
        return subnets.isEmpty()
                || subnets.stream().anyMatch(subnet -> Subnet.contains(subnet, address));
    }

    /** Server names, and where the connections go that ask for one of them. */
    record ByName(List<Hostname> names, TcpShares shares) {

        ByName {
            names = List.copyOf(names);
        }
    }

    /** Where encrypted connections go by the name that they ask for: each match that fits. */
    List<ByName> byNames(int port, String address, List<RoutingRule> rules) {
        List<ByName> found = new ArrayList<>();
        for (RoutingRule rule : rules) {
            for (int i = 0; i < rule.spec().tls().size(); i++) {
                TlsRoute route = rule.spec().tls().get(i);
                for (TlsMatch match : route.match()) {
                    if (fits(match, port, address, rule)) {
                        found.add(
                                new ByName(
                                        match.sniHosts(),
                                        shares(rule, route.route(), "spec.tls[" + i + "]", port)));
                    }
                }
            }
        }
        return found;
    }

    private TcpShares shares(RoutingRule rule, List<WeightedDestination> all, String at, int port) {
        List<Share> shares = new ArrayList<>();
        Optional<PortTraffic> first = Optional.empty();
        for (int i = 0; i < all.size(); i++) {
            WeightedDestination destination = all.get(i);
            Target target = targets.of(destination.destination(), rule.namespace(), port);
            check(rule, target, at + ".route[" + i + "].destination");
            if (all.size() == 1 || destination.weight() > 0) {
                shares.add(
                        new Share(target.cluster().toString(), Math.max(1, destination.weight())));
                first = first.isPresent() ? first : Optional.of(targets.traffic(target));
            }
        }
        return shares.isEmpty()
                ? TcpShares.none()
                : TcpShares.of(shares, first.orElse(PortTraffic.DEFAULT));
    }

    private void check(RoutingRule rule, Target target, String path) {
        if (target.state() != Target.State.KNOWN) {
            findings.add(
                    new Finding(
                            rule.resource().key(),
                            path,
                            "found %s, and there is no such %s: connections are closed; correct the destination"
                                    .formatted(
                                            target.cluster(),
                                            switch (target.state()) {
                                                case KNOWN, UNKNOWN_HOST -> "service";
                                                case UNKNOWN_PORT -> "port";
                                                case UNKNOWN_SUBSET -> "subset";
                                            })));
        }
    }
}

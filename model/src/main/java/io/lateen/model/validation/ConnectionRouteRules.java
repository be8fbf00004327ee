package io.lateen.model.validation;

import io.lateen.model.document.Node;
import io.lateen.model.naming.Hostname;
import java.util.List;
import java.util.Optional;

/** Rules for routes of connections: TLS by server name, TCP by port. */
final class ConnectionRouteRules {

    private ConnectionRouteRules() {}

    static void checkTcp(Node route, Violations violations) {
        for (Node match : route.items("match")) {
            checkMatch(match, violations);
        }
        checkDestinations(route, violations);
    }

    static void checkTls(Node route, Node spec, Violations violations) {
        if (route.items("match").isEmpty() && !route.hasContent("match") && route.has("match")) {
            violations.add(route.get("match").path(), "an empty list", "at least one match");
        }
        for (Node match : route.items("match")) {
            checkMatch(match, violations);
            List<Node> sniHosts = match.items("sniHosts");
            if (match.has("sniHosts") && !match.hasContent("sniHosts")) {
                violations.add(
                        match.get("sniHosts").path(), "an empty list", "at least one server name");
            }
            for (Node sniHost : sniHosts) {
                checkSniHost(sniHost, spec.items("hosts"), violations);
            }
        }
        checkDestinations(route, violations);
    }

    private static void checkSniHost(Node sniHost, List<Node> hosts, Violations violations) {
        Optional<String> name = sniHost.text();
        if (name.isEmpty()) {
            return;
        }
        if (!Syntax.isHost(name.get()) && !Syntax.isAddress(name.get())) {
            violations.add(sniHost.path(), sniHost.shown(), Syntax.A_HOST);
            return;
        }
        Hostname asked = new Hostname(name.get());
        boolean covered =
                hosts.stream()
                        .flatMap(host -> host.text().stream())
                        .filter(host -> !host.isEmpty())
                        .anyMatch(host -> asked.subsetOf(new Hostname(host)));
        if (!covered && !hosts.isEmpty()) {
            violations.add(
                    sniHost.path(),
                    sniHost.shown(),
                    "a name that one of spec.hosts covers",
                    "add it to hosts");
        }
    }

    private static void checkMatch(Node match, Violations violations) {
        for (Node subnet : match.items("destinationSubnets")) {
            if (subnet.text().filter(text -> !Syntax.isAddressOrRange(text)).isPresent()) {
                violations.add(
                        subnet.path(), subnet.shown(), "an address or a range such as 10.0.0.0/8");
            }
        }
        CommonRules.portOrZero(match.get("port"), violations);
        CommonRules.labels(match.get("sourceLabels"), violations);
        CommonRules.namespace(match.get("sourceNamespace"), violations);
        GatewayNames.check(match.get("gateways"), violations);
    }

    private static void checkDestinations(Node route, Violations violations) {
        if (!route.hasContent("route")) {
            violations.add(route.get("route").path(), "nothing", "at least one destination");
        }
        RouteDestinationRules.check(route, violations);
    }
}

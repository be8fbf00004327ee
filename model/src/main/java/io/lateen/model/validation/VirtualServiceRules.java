package io.lateen.model.validation;

import io.lateen.model.document.Node;
import io.lateen.model.naming.Hostname;
import java.util.List;

/** Rules for VirtualServices as a whole: hosts, gateways, and that there is a route. */
final class VirtualServiceRules {

    private VirtualServiceRules() {}

    static void check(Node spec, Violations violations) {
        boolean delegated = spec.items("hosts").isEmpty();
        if (delegated) {
            checkDelegated(spec, violations);
        }
        GatewayNames.check(spec.get("gateways"), violations);
        checkHosts(spec, violations);
        if (spec.items("http").isEmpty()
                && spec.items("tls").isEmpty()
                && spec.items("tcp").isEmpty()
                && !isMistyped(spec)) {
            violations.add(spec.path(), "no route", "at least one of http, tls, tcp");
        }
        for (Node route : spec.items("http")) {
            HttpRouteRules.check(route, violations);
        }
        for (Node route : spec.items("tls")) {
            ConnectionRouteRules.checkTls(route, spec, violations);
        }
        for (Node route : spec.items("tcp")) {
            ConnectionRouteRules.checkTcp(route, violations);
        }
    }

    /** A route of the wrong type, which the schema reports, is not a missing one. */
    private static boolean isMistyped(Node spec) {
        return spec.hasContent("http") || spec.hasContent("tls") || spec.hasContent("tcp");
    }

    private static void checkDelegated(Node spec, Violations violations) {
        for (String field : List.of("gateways", "tls", "tcp")) {
            if (spec.hasContent(field)) {
                violations.add(
                        spec.get(field).path(),
                        spec.get(field).shown(),
                        "nothing: without hosts this is for others to delegate to, and they have it",
                        "add hosts, or remove " + field);
            }
        }
    }

    /** Whether sidecars follow the rule, not only gateways. */
    static boolean isForMesh(Node spec) {
        List<Node> gateways = spec.items("gateways");
        return gateways.isEmpty()
                || gateways.stream().anyMatch(name -> name.text().orElse("").equals("mesh"));
    }

    private static void checkHosts(Node spec, Violations violations) {
        List<Node> hosts = spec.items("hosts");
        for (Node host : hosts) {
            String name = host.text().orElse("*");
            if (!Syntax.isHost(name) && !Syntax.isAddress(name)) {
                violations.add(host.path(), host.shown(), Syntax.A_HOST + ", or an IP address");
            } else if (host.exists()
                    && host.text().isPresent()
                    && name.equals("*")
                    && isForMesh(spec)) {
                violations.add(
                        host.path(),
                        host.shown(),
                        "a narrower host: * would take all traffic of every sidecar",
                        "name the hosts, or bind the rule to gateways other than mesh");
            }
        }
        for (int i = 0; i < hosts.size(); i++) {
            for (int j = i + 1; j < hosts.size(); j++) {
                checkOverlap(hosts.get(i), hosts.get(j), violations);
            }
        }
    }

    private static void checkOverlap(Node first, Node second, Violations violations) {
        String left = first.text().orElse("");
        String right = second.text().orElse("");
        if (!left.isEmpty()
                && !right.isEmpty()
                && new Hostname(left).matches(new Hostname(right))) {
            violations.add(
                    second.path(),
                    second.shown(),
                    "a host that does not overlap " + first.path() + " (" + left + ")",
                    "remove one of the two");
        }
    }
}

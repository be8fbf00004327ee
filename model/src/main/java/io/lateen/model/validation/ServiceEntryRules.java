package io.lateen.model.validation;

import io.lateen.model.document.Node;
import io.lateen.model.service.Protocol;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules for services that no platform reports. */
final class ServiceEntryRules {

    private ServiceEntryRules() {}

    static void check(Node spec, Violations violations) {
        String resolution = spec.get("resolution").text().orElse("NONE");
        checkHosts(spec, violations);
        checkAddresses(spec, resolution, violations);
        checkPorts(spec, violations);
        checkSelector(spec, resolution, violations);
        checkEndpoints(spec, resolution, violations);
        checkHostsByResolution(spec, resolution, violations);
        checkThatHostsCanBeToldApart(spec, resolution, violations);
    }

    private static void checkHosts(Node spec, Violations violations) {
        for (Node host : spec.items("hosts")) {
            Optional<String> name = host.text();
            if (name.filter(text -> text.equals("*")).isPresent()) {
                violations.add(
                        host.path(),
                        host.shown(),
                        "a narrower host: * would stand for every service",
                        "name the host, or its domain as *.example.com");
            } else if (name.filter(text -> !Syntax.isHost(text)).isPresent()) {
                violations.add(host.path(), host.shown(), Syntax.A_HOST);
            }
        }
    }

    private static void checkAddresses(Node spec, String resolution, Violations violations) {
        boolean ranges = resolution.equals("NONE") || resolution.equals("STATIC");
        for (Node address : spec.items("addresses")) {
            String text = address.text().orElse("");
            if (address.text().isPresent() && !Syntax.isAddressOrRange(text)) {
                violations.add(
                        address.path(),
                        address.shown(),
                        "an IP address or a range such as 10.0.0.0/8");
            } else if (text.contains("/") && !ranges) {
                violations.add(
                        address.path(),
                        address.shown(),
                        "a single address: ranges go with resolution NONE or STATIC only");
            }
        }
    }

    private static void checkPorts(Node spec, Violations violations) {
        Set<Long> numbers = new HashSet<>();
        for (Node port : spec.items("ports")) {
            Node name = port.get("name");
            if (name.text().filter(text -> !Syntax.isDnsLabel(text)).isPresent()) {
                violations.add(name.path(), name.shown(), "a port's name: " + Syntax.A_LABEL);
            }
            Node number = port.get("number");
            CommonRules.port(number, violations);
            CommonRules.port(port.get("targetPort"), violations);
            if (number.integer().isPresent() && !numbers.add(number.integer().getAsLong())) {
                violations.add(
                        number.path(),
                        number.shown() + " again",
                        "a number that no other port has");
            }
            Protocols.check(port.get("protocol"), violations);
        }
    }

    private static void checkSelector(Node spec, String resolution, Violations violations) {
        Node selector = spec.get("workloadSelector");
        if (!selector.exists()) {
            return;
        }
        if (spec.has("endpoints")) {
            violations.add(
                    spec.get("endpoints").path(),
                    "endpoints beside workloadSelector",
                    "either endpoints or workloadSelector",
                    "remove one of them");
        }
        CommonRules.labels(selector.get("labels"), violations);
        if (!selector.hasContent("labels")) {
            violations.warn(
                    selector.path(),
                    "has no labels, so every workload of the namespace is selected");
        }
        if (!resolution.equals("STATIC")) {
            violations.warn(
                    selector.path(),
                    "has no effect with resolution " + resolution + "; use STATIC");
        }
    }

    private static void checkEndpoints(Node spec, String resolution, Violations violations) {
        List<Node> endpoints = spec.items("endpoints");
        if (resolution.equals("NONE") && spec.has("endpoints")) {
            violations.add(
                    spec.get("endpoints").path(),
                    spec.get("endpoints").shown(),
                    "nothing: with resolution NONE the address that is called is the endpoint",
                    "set resolution to STATIC or DNS, or remove the endpoints");
        }
        if (resolution.equals("DNS_ROUND_ROBIN") && endpoints.size() > 1) {
            violations.add(
                    spec.get("endpoints").path(),
                    endpoints.size() + " endpoints",
                    "at most one with resolution DNS_ROUND_ROBIN",
                    "set resolution to DNS");
        }
        boolean namesAllowed = !resolution.equals("STATIC");
        Set<String> portNames =
                spec.items("ports").stream()
                        .map(port -> port.text("name"))
                        .collect(Collectors.toSet());
        for (Node endpoint : endpoints) {
            WorkloadEntryRules.checkEndpoint(endpoint, namesAllowed, violations);
            checkEndpointPorts(endpoint, portNames, violations);
            if (WorkloadEntryRules.isUnix(endpoint) && spec.items("ports").size() > 1) {
                violations.add(
                        endpoint.get("address").path(),
                        endpoint.get("address").shown(),
                        "an address with ports: a unix socket serves one service port only");
            }
        }
    }

    private static void checkEndpointPorts(
            Node endpoint, Set<String> portNames, Violations violations) {
        endpoint.entries("ports")
                .forEach(
                        (name, port) -> {
                            if (!portNames.contains(name)) {
                                violations.add(
                                        port.path(),
                                        "the port name \"" + name + "\"",
                                        "the name of one of spec.ports"
                                                + (portNames.isEmpty()
                                                        ? ", which is empty"
                                                        : ": " + String.join(", ", portNames)));
                            }
                        });
    }

    /** A host that is looked up must be a name that can be looked up. */
    private static void checkHostsByResolution(
            Node spec, String resolution, Violations violations) {
        boolean lookedUp = resolution.equals("DNS") || resolution.equals("DNS_ROUND_ROBIN");
        if (!lookedUp || !spec.items("endpoints").isEmpty()) {
            return;
        }
        for (Node host : spec.items("hosts")) {
            String name = host.text().orElse("");
            if (name.startsWith("*") && !name.equals("*")) {
                violations.add(
                        host.path(),
                        host.shown(),
                        Syntax.A_DNS_NAME + ", since it is looked up",
                        "name the endpoints, or set resolution to NONE");
            }
        }
    }

    /** Plain TCP carries no host, so two hosts on one port could not be told apart. */
    private static void checkThatHostsCanBeToldApart(
            Node spec, String resolution, Violations violations) {
        if (resolution.equals("NONE") || spec.items("hosts").size() < 2) {
            return;
        }
        for (Node port : spec.items("ports")) {
            Optional<Protocol> protocol = Protocol.named(port.text("protocol"));
            if (protocol.filter(known -> known.isHttp() || known.isTls()).isEmpty()) {
                violations.add(
                        port.get("protocol").path(),
                        port.get("protocol").shown(),
                        "an HTTP or TLS protocol, since several hosts share the port",
                        "write one ServiceEntry for each host");
            }
        }
    }
}

package io.lateen.model.support;

import io.lateen.model.document.Node;
import java.util.List;
import java.util.Set;

/** What VirtualServices may say that is not in force yet. */
final class VirtualServiceSupport {

    private static final Set<String> CONDITIONS_TO_COME = Set.of("http3-post-connect-failure");

    private VirtualServiceSupport() {}

    static void check(Node spec, Unsupported unsupported) {
        if (spec.items("hosts").isEmpty() && spec.exists() && !spec.hasContent("hosts")) {
            unsupported.refuse(
                    spec,
                    "a VirtualService without hosts, for others to delegate to, is",
                    "add hosts");
        }
        for (Node route : spec.items("http")) {
            checkHttp(route, unsupported);
        }
        for (Node route : spec.items("tls")) {
            for (Node match : route.items("match")) {
                checkSubnets(match, unsupported);
            }
        }
        for (Node route : spec.items("tcp")) {
            for (Node match : route.items("match")) {
                checkSubnets(match, unsupported);
                unsupported.refuse(
                        match.get("sourceSubnet"),
                        "matching on source subnets is",
                        "match on sourceLabels or sourceNamespace");
            }
        }
    }

    private static void checkSubnets(Node match, Unsupported unsupported) {
        if (match.hasContent("destinationSubnets")) {
            unsupported.refuse(
                    match.get("destinationSubnets"),
                    "matching on destination subnets is",
                    "match on port");
        }
    }

    private static void checkHttp(Node route, Unsupported unsupported) {
        unsupported.refuse(
                route.get("delegate"),
                "delegation to another VirtualService is",
                "write its routes here");
        for (Node match : route.items("match")) {
            for (String part : List.of("headers", "withoutHeaders")) {
                match.entries(part)
                        .forEach(
                                (name, value) -> {
                                    if (name.startsWith("@request.auth.claims")) {
                                        unsupported.refuse(
                                                value,
                                                "matching on claims of a token is",
                                                "match on a header");
                                    }
                                });
            }
            unsupported.refuse(
                    match.get("statPrefix"),
                    "counting a match under its own name is",
                    "remove it: requests are counted by destination");
        }
        Node fault = route.get("fault");
        unsupported.refuse(
                fault.get("delay", "exponentialDelay"), "exponentialDelay is", "use fixedDelay");
        unsupported.refuse(fault.get("abort", "http2Error"), "http2Error is", "use httpStatus");
        checkRetries(route.get("retries"), unsupported);
        checkVariables(route.get("headers"), unsupported);
        for (Node destination : route.items("route")) {
            checkVariables(destination.get("headers"), unsupported);
        }
    }

    private static void checkRetries(Node retries, Unsupported unsupported) {
        for (String condition : retries.text("retryOn").split(",", -1)) {
            if (CONDITIONS_TO_COME.contains(condition.strip())) {
                unsupported.refuse(
                        retries.get("retryOn"),
                        "the condition " + condition.strip() + " is",
                        "use others, such as 5xx or connect-failure");
            }
        }
    }

    private static void checkVariables(Node headers, Unsupported unsupported) {
        for (String direction : List.of("request", "response")) {
            for (String operation : List.of("set", "add")) {
                for (Node value : headers.get(direction).entries(operation).values()) {
                    HeaderVariables.unknown(value.text().orElse(""))
                            .ifPresent(
                                    variable ->
                                            unsupported.refuse(
                                                    value,
                                                    "the variable " + variable + " is",
                                                    "write the value itself, with %% for a percent"
                                                            + " sign, or use one that is known,"
                                                            + " such as %REQ(x-request-id)%"));
                }
            }
        }
    }
}

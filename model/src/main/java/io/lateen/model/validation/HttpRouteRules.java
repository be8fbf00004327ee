package io.lateen.model.validation;

import io.lateen.model.document.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rules for one HTTP route: what may stand together, and each part by itself. */
final class HttpRouteRules {

    private HttpRouteRules() {}

    static void check(Node route, Violations violations) {
        checkOutcome(route, violations);
        for (Node match : route.items("match")) {
            HttpMatchRules.check(match, violations);
        }
        RouteDestinationRules.check(route, violations);
        for (Node destination : route.items("route")) {
            HeaderRules.check(destination.get("headers"), violations);
        }
        HeaderRules.check(route.get("headers"), violations);
        checkAuthority(route, violations);
        checkMirrors(route, violations);
        checkDelegate(route.get("delegate"), violations);
        CommonRules.wholeMilliseconds(route.get("timeout"), violations);
        HttpAnswerRules.checkRedirect(route.get("redirect"), violations);
        HttpAnswerRules.checkDirectResponse(route.get("directResponse"), violations);
        HttpAnswerRules.checkRewrite(route.get("rewrite"), violations);
        HttpFaultRules.checkFault(route.get("fault"), violations);
        HttpFaultRules.checkRetries(route.get("retries"), violations);
        CorsRules.check(route.get("corsPolicy"), violations);
    }

    /** Exactly one thing says where the request goes, and nothing contradicts it. */
    private static void checkOutcome(Node route, Violations violations) {
        List<String> outcomes =
                route.present("redirect", "directResponse", "delegate").stream().toList();
        if (route.hasContent("route")) {
            refuseTogether(route, "route", outcomes, violations);
        } else if (outcomes.isEmpty()) {
            violations.add(
                    route.path(),
                    "nothing that says where requests go",
                    "one of route, redirect, directResponse, delegate");
        }
        for (int i = 0; i < outcomes.size(); i++) {
            refuseTogether(
                    route, outcomes.get(i), outcomes.subList(i + 1, outcomes.size()), violations);
        }
        for (String answer : route.present("redirect", "directResponse")) {
            refuseTogether(route, answer, route.present("fault", "rewrite"), violations);
        }
    }

    private static void refuseTogether(
            Node route, String first, List<String> others, Violations violations) {
        for (String other : others) {
            violations.add(
                    route.get(other).path(),
                    other + " beside " + first,
                    "either " + first + " or " + other,
                    "remove one of them");
        }
    }

    /** The host of a request is rewritten in one place only. */
    private static void checkAuthority(Node route, Violations violations) {
        Node headers = route.get("headers", "request");
        Optional<String> first =
                route.get("rewrite").hasContent("authority")
                        ? Optional.of(route.get("rewrite", "authority").path())
                        : Optional.empty();
        for (String operation : List.of("set", "add")) {
            for (Map.Entry<String, Node> header : headers.entries(operation).entrySet()) {
                if (!HeaderRules.isAuthority(header.getKey())) {
                    continue;
                }
                if (first.isPresent()) {
                    violations.add(
                            header.getValue().path(),
                            "the host set again",
                            "the host set once, as " + first.get() + " does",
                            "remove one of them");
                } else {
                    first = Optional.of(header.getValue().path());
                }
            }
        }
    }

    private static void checkMirrors(Node route, Violations violations) {
        if (route.has("mirror") && route.hasContent("mirrors")) {
            violations.add(
                    route.get("mirrors").path(),
                    "mirrors beside mirror",
                    "either mirror or mirrors",
                    "move the mirror into mirrors");
        }
        RouteDestinationRules.checkDestination(route.get("mirror"), violations);
        for (String share : List.of("mirrorPercent", "mirror_percent")) {
            if (route.get(share).integer().orElse(0) >= 0) {
                CommonRules.wholePercent(route.get(share), violations);
            }
            if (route.has(share)) {
                violations.warn(
                        route.get(share).path(), "is deprecated; write mirrorPercentage.value");
            }
        }
        if (route.present("mirrorPercent", "mirror_percent").size() > 1) {
            violations.add(
                    route.get("mirror_percent").path(),
                    "mirror_percent beside mirrorPercent",
                    "the share once",
                    "write mirrorPercentage.value alone");
        }
        CommonRules.percentage(route.get("mirrorPercentage"), violations);
        for (Node mirror : route.items("mirrors")) {
            RouteDestinationRules.checkDestination(mirror.get("destination"), violations);
            CommonRules.percentage(mirror.get("percentage"), violations);
        }
    }

    private static void checkDelegate(Node delegate, Violations violations) {
        if (!delegate.exists()) {
            return;
        }
        if (!delegate.has("name")) {
            violations.add(delegate.get("name").path(), "nothing", "the name of a VirtualService");
        }
        CommonRules.namespace(delegate.get("namespace"), violations);
    }
}

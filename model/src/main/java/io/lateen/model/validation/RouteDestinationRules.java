package io.lateen.model.validation;

import io.lateen.model.document.Node;
import java.util.List;
import java.util.Optional;

/** Rules for destinations and the weights between them. */
final class RouteDestinationRules {

    private RouteDestinationRules() {}

    /** The destinations of a route of any protocol. */
    static void check(Node route, Violations violations) {
        List<Node> destinations = route.items("route");
        long total = 0;
        for (Node destination : destinations) {
            checkDestination(destination.get("destination"), violations);
            CommonRules.notNegative(destination.get("weight"), violations);
            total += destination.get("weight").integer().orElse(0);
        }
        if (destinations.size() > 1 && total == 0) {
            violations.add(
                    route.get("route").path(),
                    "weights whose sum is 0",
                    "a weight above 0 for at least one of several destinations");
        }
        if (total > Integer.MAX_VALUE) {
            violations.add(
                    route.get("route").path(),
                    "weights whose sum is " + total,
                    "a sum of at most " + Integer.MAX_VALUE);
        }
    }

    /** One destination. */
    static void checkDestination(Node destination, Violations violations) {
        Node host = destination.get("host");
        Optional<String> name = host.text();
        if (name.isPresent() && (name.get().equals("*") || !Syntax.isHost(name.get()))) {
            violations.add(host.path(), host.shown(), Syntax.A_HOST);
        }
        Node subset = destination.get("subset");
        if (subset.text().filter(text -> !text.isEmpty() && !Syntax.isDnsLabel(text)).isPresent()) {
            violations.add(subset.path(), subset.shown(), "a subset's name: " + Syntax.A_LABEL);
        }
        checkSelector(destination.get("port"), violations);
    }

    /** A port that is selected by number, where one is. */
    static void checkSelector(Node selector, Violations violations) {
        if (selector.exists() && !selector.has("number")) {
            violations.add(selector.get("number").path(), "nothing", "a port from 1 to 65535");
        }
        CommonRules.port(selector.get("number"), violations);
    }
}

package io.lateen.model.validation;

import io.lateen.model.document.Node;
import java.util.HashSet;
import java.util.Set;

/** Rules for DestinationRules as a whole: host, subsets, clients. */
final class DestinationRuleRules {

    private DestinationRuleRules() {}

    static void check(Node spec, Violations violations) {
        Node host = spec.get("host");
        if (host.text().filter(name -> !Syntax.isHost(name)).isPresent()) {
            violations.add(host.path(), host.shown(), Syntax.A_HOST);
        }
        TrafficPolicyRules.check(spec.get("trafficPolicy"), violations);
        Set<String> names = new HashSet<>();
        for (Node subset : spec.items("subsets")) {
            checkSubset(subset, names, violations);
        }
        checkSelector(spec.get("workloadSelector"), violations);
    }

    private static void checkSubset(Node subset, Set<String> names, Violations violations) {
        Node name = subset.get("name");
        name.text()
                .ifPresent(
                        text -> {
                            if (!Syntax.isDnsLabel(text)) {
                                violations.add(
                                        name.path(),
                                        name.shown(),
                                        "a subset's name: " + Syntax.A_LABEL);
                            }
                            if (!names.add(text)) {
                                violations.add(
                                        name.path(),
                                        name.shown() + " again",
                                        "a name that no other subset has");
                            }
                        });
        CommonRules.labels(subset.get("labels"), violations);
        TrafficPolicyRules.check(subset.get("trafficPolicy"), violations);
    }

    private static void checkSelector(Node selector, Violations violations) {
        CommonRules.labels(selector.get("matchLabels"), violations);
        if (selector.exists() && !selector.hasContent("matchLabels")) {
            violations.warn(
                    selector.path(), "has no labels, so it is for every client of the namespace");
        }
    }
}

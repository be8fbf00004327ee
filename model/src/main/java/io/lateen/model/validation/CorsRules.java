package io.lateen.model.validation;

import io.lateen.model.document.DurationText;
import io.lateen.model.document.Node;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** Rules for which pages of other origins may call. */
final class CorsRules {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT", "OPTIONS", "TRACE");

    private CorsRules() {}

    static void check(Node policy, Violations violations) {
        for (Node origin : policy.items("allowOrigins")) {
            boolean says =
                    origin.hasContent("exact")
                            || origin.hasContent("prefix")
                            || origin.hasContent("regex");
            if (!says) {
                violations.add(
                        origin.path(),
                        origin.shown(),
                        "an origin: exact, prefix or regex, not empty");
            }
            if (origin.hasContent("regex")) {
                HttpMatchRules.stringMatch(origin, violations);
            }
        }
        if (policy.hasContent("allowOrigin")) {
            violations.warn(policy.get("allowOrigin").path(), "is deprecated; write allowOrigins");
        }
        for (Node method : policy.items("allowMethods")) {
            if (method.text().filter(name -> !METHODS.contains(name)).isPresent()) {
                violations.add(
                        method.path(), method.shown(), "a method in capitals, such as GET or POST");
            }
        }
        for (String list : List.of("allowHeaders", "exposeHeaders")) {
            for (Node header : policy.items(list)) {
                if (header.text()
                        .filter(name -> !name.equals("*") && !Syntax.isHeaderName(name))
                        .isPresent()) {
                    violations.add(header.path(), header.shown(), "a header's name, or *");
                }
            }
        }
        Node maxAge = policy.get("maxAge");
        if (maxAge.text()
                .flatMap(DurationText::parse)
                .filter(age -> !age.equals(age.truncatedTo(ChronoUnit.SECONDS)))
                .isPresent()) {
            violations.add(maxAge.path(), maxAge.shown(), "whole seconds");
        }
    }
}

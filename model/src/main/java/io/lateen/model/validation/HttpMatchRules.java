package io.lateen.model.validation;

import io.lateen.model.document.Node;
import java.util.List;

/** Rules for what an HTTP route matches. */
final class HttpMatchRules {

    /** Where a claim of the caller's token is matched instead of a header. */
    static final String CLAIM = "@request.auth.claims";

    private HttpMatchRules() {}

    static void check(Node match, Violations violations) {
        for (String part : List.of("uri", "scheme", "method", "authority")) {
            stringMatch(match.get(part), violations);
        }
        for (String part : List.of("headers", "withoutHeaders")) {
            match.entries(part)
                    .forEach(
                            (name, value) -> {
                                checkHeaderName(name, value, violations);
                                stringMatch(value, violations);
                            });
        }
        match.entries("queryParams").values().forEach(value -> stringMatch(value, violations));
        CommonRules.portOrZero(match.get("port"), violations);
        CommonRules.labels(match.get("sourceLabels"), violations);
        CommonRules.namespace(match.get("sourceNamespace"), violations);
        GatewayNames.check(match.get("gateways"), violations);
    }

    private static void checkHeaderName(String name, Node value, Violations violations) {
        if (!Syntax.isHeaderName(name) && !name.startsWith(CLAIM)) {
            violations.add(
                    value.path(),
                    "the header name \"" + name + "\"",
                    "letters, digits, dashes and underscores",
                    name.startsWith(":")
                            ? "match on uri, method, scheme or authority instead"
                            : "");
        }
    }

    /** A prefix says something, an expression compiles. */
    static void stringMatch(Node match, Violations violations) {
        Node prefix = match.get("prefix");
        if (prefix.text().filter(String::isEmpty).isPresent()) {
            violations.add(
                    prefix.path(),
                    "an empty prefix",
                    "the beginning of a value",
                    "leave the match out to mean every value");
        }
        Node expression = match.get("regex");
        if (!expression.text().orElse("").equals("*")) {
            CommonRules.expression(expression, violations);
        }
    }
}

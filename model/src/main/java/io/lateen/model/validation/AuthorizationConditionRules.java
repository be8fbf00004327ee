package io.lateen.model.validation;

import io.lateen.model.document.Node;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Rules for the conditions of AuthorizationPolicies: known attributes, and values that fit. */
final class AuthorizationConditionRules {

    private static final Set<String> PLAIN =
            Set.of(
                    "source.ip",
                    "source.namespace",
                    "source.principal",
                    "source.serviceAccount",
                    "source.trustDomain",
                    "remote.ip",
                    "request.auth.principal",
                    "request.auth.audiences",
                    "request.auth.presenter",
                    "destination.ip",
                    "destination.port",
                    "connection.sni");
    private static final Pattern HEADER = Pattern.compile("request\\.headers\\[([^\\[\\]]+)\\]");
    private static final Pattern CLAIM =
            Pattern.compile("request\\.auth\\.claims(\\[[^\\[\\]]+\\])+");
    private static final String EXPERIMENTAL = "experimental.envoy.filters.";

    private AuthorizationConditionRules() {}

    static void check(Node condition, Violations violations) {
        Node key = condition.get("key");
        String attribute = key.text().orElse("");
        if (key.exists() && key.text().isPresent() && !isKnown(attribute)) {
            violations.add(
                    key.path(),
                    key.shown(),
                    "an attribute: request.headers[name], request.auth.claims[name],"
                            + " experimental.envoy.filters.name, or one of "
                            + String.join(", ", PLAIN.stream().sorted().toList()));
        }
        List<Node> values =
                Stream.concat(
                                condition.items("values").stream(),
                                condition.items("notValues").stream())
                        .toList();
        if (condition.exists() && hasNoLists(condition)) {
            violations.add(condition.path(), "no values", "values or notValues", "add one of them");
        }
        for (Node value : values) {
            AuthorizationValues.notEmpty(value, violations);
            switch (attribute) {
                case "source.ip", "remote.ip", "destination.ip" ->
                        AuthorizationValues.block(value, violations);
                case "destination.port" -> AuthorizationValues.port(value, violations);
                case "source.serviceAccount" -> AuthorizationValues.account(value, violations);
                default -> {}
            }
        }
    }

    /** Whether neither list is written as something other than an empty list. */
    private static boolean hasNoLists(Node condition) {
        return !condition.hasContent("values") && !condition.hasContent("notValues");
    }

    private static boolean isKnown(String attribute) {
        return PLAIN.contains(attribute)
                || HEADER.matcher(attribute).matches()
                || CLAIM.matcher(attribute).matches()
                || (attribute.startsWith(EXPERIMENTAL)
                        && attribute.length() > EXPERIMENTAL.length());
    }
}

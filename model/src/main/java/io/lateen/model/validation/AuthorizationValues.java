package io.lateen.model.validation;

import io.lateen.model.document.Node;
import java.util.Optional;

/** Single values of an AuthorizationPolicy: addresses, ports, paths, accounts. */
final class AuthorizationValues {

    private static final int LONGEST_ACCOUNT = 320;

    private AuthorizationValues() {}

    static void notEmpty(Node value, Violations violations) {
        if (value.text().filter(String::isEmpty).isPresent()) {
            violations.add(value.path(), "an empty text", "a value", "remove it");
        }
    }

    static void block(Node value, Violations violations) {
        if (written(value).filter(text -> !Syntax.isAddressOrRange(text)).isPresent()) {
            violations.add(
                    value.path(), value.shown(), "an IP address or a range such as 10.0.0.0/8");
        }
    }

    static void port(Node value, Violations violations) {
        if (written(value).filter(text -> !Syntax.isPort(text)).isPresent()) {
            violations.add(value.path(), value.shown(), "a port from 1 to 65535, in quotes");
        }
    }

    /** {@code namespace/name}, or a name of the policy's namespace. */
    static void account(Node value, Violations violations) {
        boolean wrong =
                written(value)
                        .filter(
                                text ->
                                        text.length() > LONGEST_ACCOUNT
                                                || text.contains("*")
                                                || text.chars().filter(c -> c == '/').count() > 1
                                                || text.startsWith("/")
                                                || text.endsWith("/"))
                        .isPresent();
        if (wrong) {
            violations.add(
                    value.path(), value.shown(), "a service account: namespace/name, or name");
        }
    }

    /**
     * A path, or a template of one in which <code>{*}</code> stands for a segment and <code>{**}
     * </code> for any number of them.
     */
    static void path(Node value, Violations violations) {
        String text = written(value).orElse("");
        if (!text.contains("{*}") && !text.contains("{**}")) {
            return;
        }
        boolean rest = false;
        boolean wrong = !text.startsWith("/");
        for (String segment : text.split("/", -1)) {
            boolean many = segment.equals("{**}");
            wrong |= many && rest;
            wrong |= !many && !segment.equals("{*}") && hasWildcard(segment);
            rest |= many;
        }
        if (wrong) {
            violations.add(
                    value.path(),
                    value.shown(),
                    "a template: whole segments {*}, and {**} once at most",
                    "begin with a slash, and leave other *, { and } out");
        }
    }

    private static boolean hasWildcard(String segment) {
        return segment.chars().anyMatch(c -> c == '*' || c == '{' || c == '}');
    }

    private static Optional<String> written(Node value) {
        return value.text().filter(text -> !text.isEmpty());
    }
}

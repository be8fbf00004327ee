package io.lateen.model.validation;

import io.lateen.model.document.Node;
import java.util.List;
import java.util.regex.Pattern;

/** Rules for headers that are changed on the way. */
final class HeaderRules {

    /** Visible characters, spaces and tabs; a percent sign doubled, or around a variable. */
    private static final Pattern VALUE =
            Pattern.compile(
                    "(?:[^%\\x00-\\x08\\x0A-\\x1F\\x7F]|%%|%[A-Z][A-Z0-9_]*(?:\\([^)%]*\\))?(?::\\d+)?%)*");

    private HeaderRules() {}

    static void check(Node headers, Violations violations) {
        Node request = headers.get("request");
        Node response = headers.get("response");
        for (String operation : List.of("set", "add")) {
            request.entries(operation)
                    .forEach((name, value) -> checkSet(name, value, true, violations));
            response.entries(operation)
                    .forEach((name, value) -> checkSet(name, value, false, violations));
        }
        for (Node direction : List.of(request, response)) {
            for (Node name : direction.items("remove")) {
                name.text().ifPresent(text -> checkName(text, name.path(), false, violations));
            }
        }
    }

    /** Whether a header is the host of a request. */
    static boolean isAuthority(String name) {
        return name.equalsIgnoreCase("host") || name.equalsIgnoreCase(":authority");
    }

    private static void checkSet(
            String name, Node value, boolean authorityAllowed, Violations violations) {
        checkName(name, value.path(), authorityAllowed, violations);
        String host = value.text().orElse("-");
        if (authorityAllowed && isAuthority(name) && (host.isEmpty() || !Syntax.isVisible(host))) {
            violations.add(value.path(), value.shown(), "a host, possibly with a port");
        }
        if (!VALUE.matcher(value.text().orElse("")).matches()) {
            violations.add(
                    value.path(),
                    value.shown(),
                    "visible characters, with %% for a percent sign",
                    value.shown().contains("%") ? "double the percent sign" : "");
        }
    }

    private static void checkName(
            String name, String path, boolean authorityAllowed, Violations violations) {
        if (authorityAllowed && isAuthority(name)) {
            return;
        }
        if (name.startsWith(":") || name.equalsIgnoreCase("host")) {
            violations.add(
                    path,
                    "the header \"" + name + "\"",
                    "a header that may be changed here",
                    "use rewrite to change path or host");
        } else if (!Syntax.isToken(name)) {
            violations.add(
                    path,
                    "the header \"" + name + "\"",
                    "a header's name: letters, digits and signs, without spaces or colons");
        }
    }
}

package io.lateen.model.validation;

import io.lateen.model.document.Node;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;

/** Rules for redirects, direct responses and rewrites. */
final class HttpAnswerRules {

    private static final int LARGEST_BODY = 1024 * 1024;

    private HttpAnswerRules() {}

    static void checkRedirect(Node redirect, Violations violations) {
        if (!redirect.exists()) {
            return;
        }
        List<String> changes =
                redirect.present(
                        "uri", "prefixRewrite", "authority", "scheme", "port", "derivePort");
        if (changes.isEmpty()) {
            violations.add(
                    redirect.path(),
                    "a redirect to the same place",
                    "at least one of uri, prefixRewrite, authority, scheme, port, derivePort");
        }
        if (redirect.hasContent("uri") && redirect.hasContent("prefixRewrite")) {
            violations.add(
                    redirect.get("prefixRewrite").path(),
                    "prefixRewrite beside uri",
                    "either uri or prefixRewrite",
                    "remove one of them");
        }
        for (String part : List.of("uri", "prefixRewrite", "authority")) {
            CommonRules.visible(redirect.get(part), violations);
        }
        Node scheme = redirect.get("scheme");
        if (!List.of("", "http", "https").contains(scheme.text().orElse(""))) {
            violations.add(scheme.path(), scheme.shown(), "http or https");
        }
        CommonRules.port(redirect.get("port"), violations);
        Node code = redirect.get("redirectCode");
        if (!List.of(0L, 301L, 302L, 303L, 307L, 308L).contains(code.integer().orElse(0))) {
            violations.add(code.path(), code.shown(), "301, 302, 303, 307 or 308");
        }
    }

    static void checkDirectResponse(Node response, Violations violations) {
        status(response.get("status"), violations);
        Node body = response.get("body");
        long text = body.text("string").getBytes(StandardCharsets.UTF_8).length;
        long bytes = body.text("bytes").length() * 3L / 4;
        if (Math.max(text, bytes) > LARGEST_BODY) {
            violations.add(
                    body.path(),
                    Math.max(text, bytes) + " bytes",
                    "at most 1 MiB",
                    "serve it from an app");
        }
    }

    /** The status of an answer: 200 to 599. */
    static void status(Node status, Violations violations) {
        OptionalLong number = status.integer();
        if (number.isPresent() && (number.getAsLong() < 200 || number.getAsLong() > 599)) {
            violations.add(status.path(), status.shown(), "a status from 200 to 599");
        }
    }

    static void checkRewrite(Node rewrite, Violations violations) {
        if (!rewrite.exists()) {
            return;
        }
        Node expression = rewrite.get("uriRegexRewrite");
        if (!rewrite.hasContent("uri")
                && !rewrite.hasContent("authority")
                && !expression.exists()) {
            violations.add(
                    rewrite.path(),
                    "a rewrite of nothing",
                    "at least one of uri, authority, uriRegexRewrite");
        }
        if (rewrite.hasContent("uri") && expression.exists()) {
            violations.add(
                    expression.path(),
                    "uriRegexRewrite beside uri",
                    "either uri or uriRegexRewrite",
                    "remove one of them");
        }
        CommonRules.visible(rewrite.get("uri"), violations);
        CommonRules.visible(rewrite.get("authority"), violations);
        if (expression.exists()) {
            for (String part : List.of("match", "rewrite")) {
                if (!expression.hasContent(part)) {
                    violations.add(
                            expression.get(part).path(), "nothing", "both match and rewrite");
                }
            }
        }
        if (expression.hasContent("match")) {
            CommonRules.expression(expression.get("match"), violations);
            checkSubstitution(expression, violations);
        }
    }

    /** A backslash is followed by a group of the expression or by another one. */
    private static void checkSubstitution(Node expression, Violations violations) {
        Node substitution = expression.get("rewrite");
        CommonRules.visible(substitution, violations);
        int groups = Syntax.groupsOfExpression(expression.text("match"));
        String text = substitution.text().orElse("");
        for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 2)) {
            char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
            boolean group = next >= '0' && next <= '9' && next - '0' <= groups;
            if (groups >= 0 && !group && next != '\\') {
                violations.add(
                        substitution.path(),
                        substitution.shown(),
                        "after a backslash a group from 0 to " + groups + ", or a backslash");
                return;
            }
        }
    }
}

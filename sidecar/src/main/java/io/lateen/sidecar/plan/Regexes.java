package io.lateen.sidecar.plan;

import com.google.re2j.Pattern;
import io.lateen.sidecar.route.ValueMatch;
import org.jspecify.annotations.Nullable;

/** Expressions that authorization rules are made of: what they mean, said in a cheaper way. */
final class Regexes {

    private static final String META = "\\.+*?()[]{}|^$";

    private Regexes() {}

    /**
     * A match that takes the same texts: managers write {@code .*text.*} for "holds text", and each
     * request would pay for an automaton. A dot takes no line feed, and no identity or path has
     * one.
     */
    static ValueMatch simplest(ValueMatch match) {
        if (!(match instanceof ValueMatch.Regex(Pattern pattern))) {
            return match;
        }
        String regex = pattern.pattern();
        boolean before = regex.startsWith(".*");
        boolean after =
                regex.length() > (before ? 3 : 1)
                        && regex.endsWith(".*")
                        && !regex.endsWith("\\.*");
        String literal = literal(regex.substring(before ? 2 : 0, regex.length() - (after ? 2 : 0)));
        if (literal == null || literal.isEmpty()) {
            return match;
        }
        if (before) {
            return after
                    ? new ValueMatch.Contains(literal, false)
                    : new ValueMatch.Suffix(literal, false);
        }
        return after ? new ValueMatch.Prefix(literal, false) : new ValueMatch.Exact(literal, false);
    }

    /** The text that an expression stands for; null when it stands for several. */
    private static @Nullable String literal(String regex) {
        StringBuilder text = new StringBuilder(regex.length());
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\') {
                if (i + 1 == regex.length() || META.indexOf(regex.charAt(i + 1)) < 0) {
                    return null;
                }
                text.append(regex.charAt(++i));
            } else if (META.indexOf(c) >= 0) {
                return null;
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /**
     * The expression of a URI template: {@code *} is one segment, {@code **} is any number of them,
     * {@code {name}} one that has a name.
     */
    static String ofTemplate(String template, String at) throws Refusal {
        if (!template.startsWith("/")) {
            throw new Refusal(at, "is '%s'; expected a path".formatted(template));
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            if (c == '*') {
                boolean many = i + 1 < template.length() && template.charAt(i + 1) == '*';
                regex.append(many ? ".*" : "[^/]+");
                i += many ? 1 : 0;
            } else if (c == '{') {
                int end = template.indexOf('}', i);
                String name = end < 0 ? "" : template.substring(i + 1, end);
                if (!name.matches("[A-Za-z0-9_]+")) {
                    throw new Refusal(at, "is '%s'; expected *, ** or {name}".formatted(template));
                }
                regex.append("[^/]+");
                i = end;
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }
}

package io.lateen.sidecar.plan;

import com.google.re2j.Pattern;
import io.lateen.sidecar.route.ValueMatch;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Expressions: what they cost, and what those of authorization rules mean in a cheaper way. */
final class Regexes {

    private static final String META = "\\.+*?()[]{}|^$";

    /** Nobody can read a longer one. */
    private static final int LONGEST = 4096;

    /** As in RE2 and Go: repetitions of repetitions are copies of copies. */
    private static final int MOST_COPIES = 1000;

    private Regexes() {}

    /**
     * Why an expression is not worth compiling; null when it is. Matching is linear, but compiling
     * {@code ((a{100}){100}){100}} makes a million instructions.
     */
    static @Nullable String excess(String regex) {
        if (regex.length() > LONGEST) {
            return "has %d characters; expected at most %d".formatted(regex.length(), LONGEST);
        }
        // Copies of the dearest part seen so far, group by group.
        Deque<Long> outer = new ArrayDeque<>();
        long inGroup = 1;
        long last = 1;
        boolean inClass = false;
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\') {
                i++;
                last = 1;
            } else if (inClass) {
                inClass = c != ']';
            } else if (c == '[') {
                inClass = true;
                last = 1;
                // A bracket that stands first is one of the class.
                i += regex.startsWith("^]", i + 1) ? 2 : regex.startsWith("]", i + 1) ? 1 : 0;
            } else if (c == '(') {
                outer.push(inGroup);
                inGroup = 1;
                last = 1;
            } else if (c == ')' && !outer.isEmpty()) {
                last = inGroup;
                inGroup = Math.max(outer.pop(), last);
            } else if (c == '{') {
                last *= Math.max(1, repetitions(regex, i));
                inGroup = Math.max(inGroup, last);
                if (last > MOST_COPIES) {
                    return "repeats a part of it %d times; expected at most %d"
                            .formatted(last, MOST_COPIES);
                }
            } else if (META.indexOf(c) < 0) {
                last = 1;
            }
        }
        return null;
    }

    /** The larger number in {@code {n}}, {@code {n,}} or {@code {n,m}}; 0 in any other braces. */
    private static long repetitions(String regex, int brace) {
        long most = 0;
        long number = 0;
        for (int i = brace + 1; i < regex.length(); i++) {
            int digit = regex.charAt(i) - '0';
            if (digit >= 0 && digit <= 9) {
                number = Math.min(number * 10 + digit, 1_000_000);
            } else if (regex.charAt(i) == ',' || regex.charAt(i) == '}') {
                most = Math.max(most, number);
                number = 0;
                if (regex.charAt(i) == '}') {
                    return most;
                }
            } else {
                return 0;
            }
        }
        return 0;
    }

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

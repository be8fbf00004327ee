package io.lateen.manager.api.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A label selector in Kubernetes' notation: {@code app=reviews,version in (v1, v2),!canary}.
 * Immutable.
 */
public final class LabelSelector {
    /** Selects everything. */
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    private static final String KEY = "([A-Za-z0-9][A-Za-z0-9_./-]*)";
    private static final Pattern SET =
            Pattern.compile("\\s*" + KEY + "\\s+(in|notin)\\s*\\(([^()]*)\\)\\s*");
    private static final Pattern EQUALITY =
            Pattern.compile("\\s*" + KEY + "\\s*(==|=|!=)\\s*([A-Za-z0-9_.-]*)\\s*");
    private static final Pattern EXISTS = Pattern.compile("\\s*(!?)\\s*" + KEY + "\\s*");

    private final List<Requirement> requirements;

    private LabelSelector(List<Requirement> requirements) {
        this.requirements = List.copyOf(requirements);
    }

    /** Reads a selector; an empty text selects everything. */
    public static LabelSelector parse(String text) throws MalformedSelector {
        if (text.isBlank()) {
            return EVERYTHING;
        }
        List<Requirement> requirements = new ArrayList<>();
        for (String part : parts(text)) {
            requirements.add(requirement(part));
        }
        return new LabelSelector(requirements);
    }

    /** Whether an object with these labels is selected. */
    public boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.holds(labels));
    }

    private static Requirement requirement(String part) throws MalformedSelector {
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            Set<String> values =
                    Stream.of(set.group(3).split(",", -1))
                            .map(String::strip)
                            .collect(Collectors.toUnmodifiableSet());
            return set.group(2).equals("in")
                    ? new Requirement.In(set.group(1), values)
                    : new Requirement.NotIn(set.group(1), values);
        }
        Matcher equality = EQUALITY.matcher(part);
        if (equality.matches()) {
            Set<String> value = Set.of(equality.group(3));
            return equality.group(2).equals("!=")
                    ? new Requirement.NotIn(equality.group(1), value)
                    : new Requirement.In(equality.group(1), value);
        }
        Matcher exists = EXISTS.matcher(part);
        if (exists.matches()) {
            return exists.group(1).isEmpty()
                    ? new Requirement.Exists(exists.group(2))
                    : new Requirement.Absent(exists.group(2));
        }
        throw new MalformedSelector(
                "labelSelector: found '"
                        + part.strip()
                        + "', expected key=value, key!=value, key in (a,b), key notin (a,b), key or"
                        + " !key");
    }

    /** Splits at the commas that are not within parentheses. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}

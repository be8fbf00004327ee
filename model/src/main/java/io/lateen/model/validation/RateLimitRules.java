package io.lateen.model.validation;

import io.lateen.model.document.DurationText;
import io.lateen.model.document.Node;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Rules for RateLimits: a target, limits that can be kept, keys that are headers. */
final class RateLimitRules {

    private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);
    private static final Duration LONGEST_WINDOW = Duration.ofHours(24);
    private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(1);

    /** The combinations of present and absent keys must stay few. */
    private static final int MOST_KEYS = 3;

    private static final int MOST_LIMITS = 10;

    private RateLimitRules() {}

    static void check(Node spec, Violations violations) {
        CommonRules.labels(spec.get("selector", "matchLabels"), violations);
        checkTarget(spec, violations);
        checkScope(spec, violations);
        CommonRules.wholeMilliseconds(spec.get("deadline"), violations);
        within(
                spec.get("deadline"),
                Duration.ofMillis(1),
                LONGEST_DEADLINE,
                "1ms to 1s",
                violations);
        Node limits = spec.get("limits");
        List<Node> each = limits.items();
        if (limits.exists() && (each.isEmpty() || each.size() > MOST_LIMITS)) {
            violations.add(
                    limits.path(), each.size() + " limits", "1 to " + MOST_LIMITS + " limits");
        }
        each.forEach(limit -> checkLimit(limit, violations));
    }

    /** Where nobody is asked, nobody can be unavailable. */
    private static void checkScope(Node spec, Violations violations) {
        if (!spec.text("scope").equals("Workload")) {
            return;
        }
        for (String field : new String[] {"onUnavailable", "deadline"}) {
            Node written = spec.get(field);
            if (written.exists()) {
                violations.add(
                        written.path(),
                        written.shown(),
                        "nothing: with scope Workload no mixer is asked",
                        "remove it");
            }
        }
    }

    private static void checkTarget(Node spec, Violations violations) {
        Node service = spec.get("service");
        if (!service.exists() && !spec.get("selector").hasContent("matchLabels")) {
            violations.add(
                    spec.path(),
                    "neither service nor selector.matchLabels",
                    "whose callers are counted",
                    "add service: <name>");
        }
        if (service.text().filter(text -> !Syntax.isDnsLabel(text)).isPresent()) {
            violations.add(
                    service.path(),
                    service.shown(),
                    "the short name of a service in the resource's namespace: " + Syntax.A_LABEL);
        }
    }

    private static void checkLimit(Node limit, Violations violations) {
        within(limit.get("per"), SHORTEST_WINDOW, LONGEST_WINDOW, "1s to 24h", violations);
        CommonRules.wholeMilliseconds(limit.get("per"), violations);
        Node by = limit.get("by");
        List<Node> keys = by.items();
        if (keys.size() > MOST_KEYS) {
            violations.add(by.path(), keys.size() + " keys", "at most " + MOST_KEYS);
        }
        Set<String> seen = new HashSet<>();
        for (Node key : keys) {
            Node header = key.get("header");
            header.text()
                    .ifPresent(
                            name -> {
                                if (!Syntax.isToken(name)) {
                                    violations.add(
                                            header.path(),
                                            header.shown(),
                                            "the name of a header such as end-user");
                                } else if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                                    violations.add(
                                            header.path(),
                                            header.shown(),
                                            "each header once",
                                            "remove it");
                                }
                            });
        }
    }

    private static void within(
            Node node, Duration least, Duration most, String expected, Violations violations) {
        node.text()
                .flatMap(DurationText::parse)
                .filter(value -> value.compareTo(least) < 0 || value.compareTo(most) > 0)
                .ifPresent(value -> violations.add(node.path(), node.shown(), expected));
    }
}

package io.lateen.sidecar;

import io.lateen.model.validation.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The values of flags: from the command line, else from {@code LATEEN_…} in the environment.
 * Collects every mistake, so that all of them are told at once.
 */
final class Flags {

    private final Map<String, List<String>> given = new LinkedHashMap<>();
    private final UnaryOperator<@Nullable String> environment;
    private final List<Violation> violations = new ArrayList<>();

    private Flags(UnaryOperator<@Nullable String> environment) {
        this.environment = environment;
    }

    /** Every flag; the environment has the same names in capitals, with LATEEN_ before them. */
    enum Flag {
        MODE,
        MANAGER,
        ADDRESS,
        NAMESPACE,
        WORKLOAD,
        NAME,
        LABELS,
        SERVICE_ACCOUNT,
        CLUSTER_ID,
        LOCALITY,
        SERVE,
        DEPENDENCY,
        HEALTH,
        CONCURRENCY,
        STATE_DIRECTORY,
        CA_ADDRESS,
        CA_ROOTS,
        JOIN_TOKEN_FILE,
        IDENTITY_DIRECTORY,
        CREDENTIALS,
        ACCESS_LOG,
        REASON_HEADER,
        HTTP10,
        PROXY_PROTOCOL,
        LOG_LEVEL,
        MAX_CONNECTIONS,
        PROPAGATION,
        DRAIN,
        APPLICATION_GRACE;

        /** {@code --state-directory}. */
        String flag() {
            return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** {@code LATEEN_STATE_DIRECTORY}. */
        String variable() {
            return "LATEEN_" + name();
        }
    }

    /**
     * @param environment a variable's value, null when it is not set
     */
    static Flags read(List<String> arguments, UnaryOperator<@Nullable String> environment) {
        Flags flags = new Flags(environment);
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            boolean inline = argument.startsWith("--") && equals > 0;
            String name = inline ? argument.substring(0, equals) : argument;
            if (!isKnown(name)) {
                flags.violate(
                        name,
                        "a flag that does not exist",
                        "one of " + names(),
                        nearest(name).map(it -> "did you mean " + it + "?").orElse(""));
                // What follows an unknown flag is most likely its value, and no mistake of its own.
                if (!inline && i + 1 < arguments.size() && !isFlag(arguments.get(i + 1))) {
                    i++;
                }
            } else if (inline) {
                flags.give(name, argument.substring(equals + 1));
            } else if (i + 1 < arguments.size() && !isFlag(arguments.get(i + 1))) {
                flags.give(name, arguments.get(++i));
            } else {
                flags.violate(name, "no value", "a value after it", "");
            }
        }
        return flags;
    }

    /** The last value given, else the environment's. */
    Optional<String> value(Flag flag) {
        List<String> values = values(flag);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    /** Every value given, else those of the environment, with commas between. */
    List<String> values(Flag flag) {
        List<String> values = given.get(flag.flag());
        if (values != null) {
            return values;
        }
        String variable = environment.apply(flag.variable());
        if (variable == null || variable.isBlank()) {
            return List.of();
        }
        boolean repeatable = flag == Flag.SERVE || flag == Flag.DEPENDENCY;
        return repeatable
                ? Arrays.stream(variable.split(",", -1)).map(String::strip).toList()
                : List.of(variable.strip());
    }

    /** A variable of the environment that is no flag, if it is set and not blank. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.apply(name))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** Notes a mistake. */
    void violate(String path, String found, String expected, String mend) {
        violations.add(new Violation(path, found, expected, mend));
    }

    /** Notes that a flag's value is not what it should be. */
    void violate(Flag flag, String found, String expected) {
        boolean fromEnvironment = !given.containsKey(flag.flag());
        violate(fromEnvironment ? flag.variable() : flag.flag(), "'" + found + "'", expected, "");
    }

    /** Every mistake so far. */
    List<Violation> violations() {
        return List.copyOf(violations);
    }

    private void give(String name, String value) {
        given.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }

    private static boolean isFlag(String argument) {
        return argument.startsWith("--");
    }

    private static boolean isKnown(String name) {
        return Arrays.stream(Flag.values()).anyMatch(flag -> flag.flag().equals(name));
    }

    private static String names() {
        return String.join(", ", Arrays.stream(Flag.values()).map(Flag::flag).toList());
    }

    /** The flag that begins most like {@code name}. */
    private static Optional<String> nearest(String name) {
        String nearest = null;
        int most = "--a".length();
        for (Flag flag : Flag.values()) {
            int common = 0;
            String candidate = flag.flag();
            while (common < Math.min(name.length(), candidate.length())
                    && name.charAt(common) == candidate.charAt(common)) {
                common++;
            }
            if (common > most) {
                most = common;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }
}

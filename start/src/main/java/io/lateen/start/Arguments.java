package io.lateen.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a command line before Spring does, which takes in silence what it does not know. */
final class Arguments {
    private static final Set<String> HELP = Set.of("--help", "-h", "help");
    private static final Set<String> SWITCHES = Set.of("debug", "trace");

    private final Settings settings;
    private final ClassLoader libraries;

    Arguments(Settings settings, ClassLoader libraries) {
        this.settings = settings;
        this.libraries = libraries;
    }

    /** Whether help is asked for. */
    static boolean askForHelp(String[] arguments) {
        return List.of(arguments).stream().anyMatch(HELP::contains);
    }

    /** Every mistake, each a sentence. */
    List<String> mistakes(String[] arguments) {
        List<String> mistakes = new ArrayList<>();
        boolean valueOfTheLast = false;
        for (String argument : arguments) {
            if (!argument.startsWith("--")) {
                // What follows a flag without a value is most likely that value.
                if (!valueOfTheLast) {
                    mistakes.add(
                            "'" + argument + "': expected --name=value; see --help for the names.");
                }
                valueOfTheLast = false;
                continue;
            }
            int equals = argument.indexOf('=');
            String name = argument.substring(2, equals < 0 ? argument.length() : equals);
            valueOfTheLast = equals < 0 && !SWITCHES.contains(name);
            if (!isKnown(name)) {
                mistakes.add(unknown(name));
            } else if (valueOfTheLast) {
                mistakes.add("--" + name + ": found no value, expected --" + name + "=VALUE.");
            }
        }
        return mistakes;
    }

    private boolean isKnown(String name) {
        return settings.knows(name)
                || SWITCHES.contains(name)
                || new SpringNames(libraries).knows(name);
    }

    private String unknown(String name) {
        return "--"
                + name
                + ": there is no such setting"
                + settings.nearest(name).map(it -> "; did you mean --" + it.name() + "?").orElse("")
                + " See --help for all of them.";
    }
}

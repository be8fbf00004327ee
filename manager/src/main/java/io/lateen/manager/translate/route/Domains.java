package io.lateen.manager.translate.route;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The domains of one route configuration. Each may stand in one virtual host only, so whoever comes
 * first has it.
 */
final class Domains {

    private static final String ANY = "*";

    private final Set<String> taken = new HashSet<>();

    /** Those of the names that are still free, each alone and with the port. */
    List<String> take(List<String> names, int port) {
        List<String> free = new ArrayList<>();
        for (String name : names) {
            String literal = name.indexOf(':') >= 0 ? "[" + name + "]" : name;
            if (taken.add(literal)) {
                free.add(literal);
                if (!literal.equals(ANY)) {
                    free.add(literal + ":" + port);
                }
            }
        }
        return free;
    }

    /** Whether nobody has the domain that stands for all others. */
    boolean anyIsFree() {
        return !taken.contains(ANY);
    }
}

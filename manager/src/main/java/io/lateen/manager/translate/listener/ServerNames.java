package io.lateen.manager.translate.listener;

import io.lateen.model.naming.Hostname;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The server names (SNI) of one listener that a chain stands for already: whoever takes one first
 * has it. One thread.
 */
final class ServerNames {

    private static final String ANY = "*";

    private final Set<String> taken = new HashSet<>();

    /** What was still free; nothing at all, or any name, or some. */
    record Free(boolean none, List<String> names) {

        Free {
            names = List.copyOf(names);
        }
    }

    /** Takes those of the hosts that are still free; {@code *} among them is every name. */
    Free take(List<Hostname> hosts) {
        if (hosts.stream().anyMatch(host -> host.value().equals(ANY))) {
            return new Free(!taken.add(ANY), List.of());
        }
        List<String> free = new ArrayList<>();
        for (Hostname host : hosts) {
            if (taken.add(host.value())) {
                free.add(host.value());
            }
        }
        return new Free(free.isEmpty(), free);
    }
}

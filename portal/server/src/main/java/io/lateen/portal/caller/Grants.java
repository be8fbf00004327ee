package io.lateen.portal.caller;

import java.util.List;
import java.util.TreeSet;

/** All that one caller was granted. */
public record Grants(List<Grant> all) {

    /** Copies the list. */
    public Grants {
        all = List.copyOf(all);
    }

    /** Whether some grant covers a role in at least one namespace. */
    public boolean cover(Role needed) {
        return all.stream().anyMatch(grant -> grant.role().covers(needed));
    }

    /** Whether some grant covers a role in every namespace. */
    public boolean coverEverywhere(Role needed) {
        return all.stream()
                .anyMatch(grant -> grant.role().covers(needed) && grant.holdsEverywhere());
    }

    /** Whether a namespace may be seen. */
    public boolean see(String namespace) {
        return all.stream().anyMatch(grant -> grant.holdsIn(namespace));
    }

    /** The namespaces in which a role is covered, in order; {@code *} alone for all of them. */
    public List<String> namespaces(Role needed) {
        if (coverEverywhere(needed)) {
            return List.of(Grant.EVERYWHERE);
        }
        var names = new TreeSet<String>();
        all.stream()
                .filter(grant -> grant.role().covers(needed))
                .forEach(grant -> names.addAll(grant.namespaces()));
        return List.copyOf(names);
    }

    /** Names what may be seen: equal for callers who see the same. */
    public String scopeKey() {
        return String.join(",", namespaces(Role.VIEWER));
    }
}

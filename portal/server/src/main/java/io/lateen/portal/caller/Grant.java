package io.lateen.portal.caller;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One role in some namespaces.
 *
 * @param role what may be done there
 * @param namespaces where; {@code *} alone means everywhere
 */
public record Grant(Role role, List<String> namespaces) {

    /** Every namespace. */
    public static final String EVERYWHERE = "*";

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    /** Checks the namespaces' names. */
    public Grant {
        Objects.requireNonNull(role, "role");
        namespaces = List.copyOf(namespaces);
        if (namespaces.isEmpty()) {
            throw new IllegalArgumentException(
                    "namespaces: found none, expected names of namespaces or *");
        }
        for (String namespace : namespaces) {
            if (!namespace.equals(EVERYWHERE) && !NAMESPACE.matcher(namespace).matches()) {
                throw new IllegalArgumentException(
                        "namespaces: found '" + namespace + "', expected a namespace's name or *");
            }
        }
    }

    /** A role in every namespace. */
    public static Grant everywhere(Role role) {
        return new Grant(role, List.of(EVERYWHERE));
    }

    /** Whether it holds in a namespace. */
    public boolean holdsIn(String namespace) {
        return namespaces.contains(EVERYWHERE) || namespaces.contains(namespace);
    }

    /** Whether it holds in every namespace. */
    public boolean holdsEverywhere() {
        return namespaces.contains(EVERYWHERE);
    }
}

package io.lateen.access;

import java.util.Set;
import java.util.TreeSet;

/**
 * A role and where it holds.
 *
 * @param namespaces names, or {@code *} alone for everywhere: every namespace, and what lies in
 *     none
 */
public record Grant(Role role, Set<String> namespaces) {
    private static final Set<String> EVERYWHERE = Set.of("*");

    public Grant {
        namespaces = Set.copyOf(namespaces);
        if (namespaces.isEmpty()) {
            throw new IllegalArgumentException(
                    "namespaces: found none, expected one or more, or * for all");
        }
        if (namespaces.contains("*") && namespaces.size() > 1) {
            throw new IllegalArgumentException(
                    "namespaces: found * beside others, expected * alone or names");
        }
        for (String name : namespaces) {
            if (name.isBlank() || name.length() > 253) {
                throw new IllegalArgumentException(
                        "namespaces: found a name of "
                                + name.length()
                                + " characters, expected 1 to 253 that are not blank");
            }
        }
    }

    /** A role in every namespace, and outside of them. */
    public static Grant everywhere(Role role) {
        return new Grant(role, EVERYWHERE);
    }

    /** Whether it holds in every namespace, those to come included. */
    public boolean isEverywhere() {
        return namespaces.equals(EVERYWHERE);
    }

    /**
     * Whether it holds in a namespace.
     *
     * @param namespace empty for what lies in none, where only a grant for everywhere holds
     */
    public boolean holdsIn(String namespace) {
        return isEverywhere() || (!namespace.isEmpty() && namespaces.contains(namespace));
    }

    /** {@code operator in default, shop}. */
    @Override
    public String toString() {
        return role.word()
                + (isEverywhere()
                        ? " everywhere"
                        : " in " + String.join(", ", new TreeSet<>(namespaces)));
    }
}

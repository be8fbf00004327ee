package io.lateen.access;

import java.util.Locale;
import java.util.Optional;

/** What a caller may do, each including those before it. */
public enum Role {
    /** Read. */
    VIEWER,
    /** Change the mesh's rules. */
    OPERATOR,
    /** Let through what others may only propose. */
    APPROVER,
    /** Change who may do what, too. */
    ADMIN;

    /** Whether a caller with this role may do what that role may. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** The role as it is written in tokens and file names: {@code viewer}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role that a word stands for, in lower case; empty when none does. */
    public static Optional<Role> of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}

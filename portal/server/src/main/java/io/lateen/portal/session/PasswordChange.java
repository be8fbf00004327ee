package io.lateen.portal.session;

import java.util.Objects;

/**
 * A change of one's own password.
 *
 * @param current the password until now
 * @param next the new one: 12 to 128 characters, not one of the usual
 */
record PasswordChange(String current, String next) {

    /** Refuses what is not whole. */
    PasswordChange {
        Objects.requireNonNull(current, "current");
        Objects.requireNonNull(next, "next");
    }

    @Override
    public String toString() {
        return "PasswordChange[]";
    }
}

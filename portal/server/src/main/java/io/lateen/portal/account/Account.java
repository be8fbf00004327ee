package io.lateen.portal.account;

import io.lateen.portal.caller.Grants;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A local user.
 *
 * @param name signs in and stands in histories
 * @param displayName for people
 * @param passwordHash Argon2id
 * @param grants the roles
 * @param disabled whether the user is kept out
 * @param passwordChangeDue whether somebody else has seen the password
 * @param lastSignInAt null when never
 */
public record Account(
        String name,
        String displayName,
        String passwordHash,
        Grants grants,
        boolean disabled,
        boolean passwordChangeDue,
        Instant createdAt,
        @Nullable Instant lastSignInAt) {

    /** Without the hash. */
    @Override
    public String toString() {
        return "Account[" + name + "]";
    }
}

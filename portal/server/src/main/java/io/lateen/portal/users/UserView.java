package io.lateen.portal.users;

import io.lateen.portal.caller.Grant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One local user.
 *
 * @param name signs in and stands in histories
 * @param displayName for people
 * @param grants the roles
 * @param disabled whether the user is kept out
 * @param passwordChangeDue whether the password is still one that somebody else has seen
 * @param createdAt since when
 * @param lastSignInAt null when never
 */
record UserView(
        String name,
        String displayName,
        List<Grant> grants,
        boolean disabled,
        boolean passwordChangeDue,
        Instant createdAt,
        @Nullable Instant lastSignInAt) {}

package io.lateen.portal.users;

import io.lateen.portal.caller.Grant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A user to be made.
 *
 * @param name lower-case letters, digits, {@code . _ -}; at most 64
 * @param displayName for people
 * @param grants one or more roles
 * @param password the first one; null to have it drawn and answered once
 */
record NewUser(String name, String displayName, List<Grant> grants, @Nullable String password) {

    /** Refuses what is not whole. */
    NewUser {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(displayName, "displayName");
        grants = List.copyOf(grants);
    }

    @Override
    public String toString() {
        return "NewUser[name=" + name + ", grants=" + grants + "]";
    }
}

package io.lateen.portal.users;

import io.lateen.portal.caller.Grant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a user; null leaves a thing as it is. A change of roles, or disabling, ends the
 * user's sessions.
 */
record UserChange(
        @Nullable String displayName, @Nullable List<Grant> grants, @Nullable Boolean disabled) {}

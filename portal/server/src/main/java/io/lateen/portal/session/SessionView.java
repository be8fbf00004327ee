package io.lateen.portal.session;

import io.lateen.portal.caller.Capability;
import io.lateen.portal.caller.Grant;
import io.lateen.portal.caller.SignIn;
import java.time.Instant;
import java.util.List;

/**
 * Who is signed in and what they may do.
 *
 * @param user the user's name, as histories show it
 * @param displayName the name to greet with
 * @param signIn how they signed in
 * @param grants their roles
 * @param capabilities what follows from the roles, for the page to offer or to explain
 * @param idleEndsAt when the session ends if nothing more is asked
 * @param endsAt when it ends in any case
 * @param passwordChangeDue whether the password is still one that somebody else has seen
 */
record SessionView(
        String user,
        String displayName,
        SignIn signIn,
        List<Grant> grants,
        List<Capability.Allowed> capabilities,
        Instant idleEndsAt,
        Instant endsAt,
        boolean passwordChangeDue) {}

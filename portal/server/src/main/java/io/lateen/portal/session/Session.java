package io.lateen.portal.session;

import io.lateen.portal.caller.Caller;
import io.lateen.portal.caller.Grants;
import io.lateen.portal.caller.SignIn;
import java.time.Instant;

/**
 * A session that holds.
 *
 * @param handle names it, opens nothing
 * @param grants what the user may do now
 * @param passwordChangeDue whether somebody else has seen the password
 */
public record Session(
        String handle,
        String user,
        String displayName,
        SignIn signIn,
        Grants grants,
        boolean passwordChangeDue,
        String address,
        String agent,
        Instant startedAt,
        Instant lastSeenAt,
        Instant endsAt) {

    /** Who sends the session's requests. */
    public Caller caller() {
        return new Caller(handle, user, displayName, signIn, grants);
    }

    /** The same session, used at another time. */
    Session seenAt(Instant time) {
        return new Session(
                handle,
                user,
                displayName,
                signIn,
                grants,
                passwordChangeDue,
                address,
                agent,
                startedAt,
                time,
                endsAt);
    }
}

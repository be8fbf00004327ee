package io.lateen.portal.session;

import io.lateen.portal.caller.SignIn;
import java.time.Instant;

/**
 * One session in a list.
 *
 * @param id names it, opens nothing
 * @param user whose it is
 * @param current whether it is the one that asks
 * @param signIn how it began
 * @param address where it began
 * @param agent the browser, as it names itself, shortened
 * @param startedAt since when
 * @param lastSeenAt when something was last asked, to the minute
 * @param endsAt when it ends in any case
 */
record SessionSummary(
        String id,
        String user,
        boolean current,
        SignIn signIn,
        String address,
        String agent,
        Instant startedAt,
        Instant lastSeenAt,
        Instant endsAt) {}

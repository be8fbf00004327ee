package io.lateen.portal.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody did or tried.
 *
 * @param id rises with each entry; text, because it outgrows a browser's numbers
 * @param at when
 * @param actor the user's name; empty when nobody was signed in
 * @param signIn {@code local}, {@code oidc}, or empty
 * @param session the session's handle; null when there was none
 * @param address from where
 * @param action what: {@code session.start}, {@code user.change}, {@code manager.PUT}
 * @param object on what: a user's name, a path
 * @param outcome what came of it
 * @param reason why not; null when it was done
 * @param requestId joins it with the backends' histories
 */
public record AuditEntry(
        String id,
        Instant at,
        String actor,
        String signIn,
        @Nullable String session,
        String address,
        String action,
        String object,
        Outcome outcome,
        @Nullable String reason,
        String requestId) {}

package io.lateen.manager.ads;

import java.time.Instant;
import java.util.Map;

/**
 * A client's refusal of a response (a NACK).
 *
 * @param versions names and versions of what it was offered
 * @param message why, in the client's words
 * @param at when it said so
 * @param attempts how many responses of the type it has refused in a row, this one included
 * @param retryAt the same content is not offered again before
 */
record Rejection(
        Map<String, String> versions, String message, Instant at, int attempts, Instant retryAt) {

    Rejection {
        versions = Map.copyOf(versions);
    }

    /** Whether offering {@code difference} now would be a hot loop. */
    boolean forbids(Difference difference, Instant now) {
        return now.isBefore(retryAt) && difference.versions().equals(versions);
    }
}

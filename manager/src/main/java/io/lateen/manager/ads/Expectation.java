package io.lateen.manager.ads;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names that a client will ask for, because it was just sent what refers to them, and has not yet.
 *
 * <p>A client acknowledges its clusters before or after it asks for their endpoints. Without this
 * wait the routes would overtake the endpoints of a new cluster, and requests would meet a cluster
 * without anyone behind it. A client that does not ask within the grace is not waited for again.
 */
final class Expectation {

    private static final Duration GRACE = Duration.ofMillis(400);

    private final Set<String> givenUp = new HashSet<>();
    private @Nullable Instant since;

    /** Until when to wait for {@code names} to be asked for; null when there is nothing to wait. */
    @Nullable Instant waitFor(Set<String> names, Subscription subscription, Instant now) {
        givenUp.retainAll(names);
        Set<String> missing = new HashSet<>();
        for (String name : names) {
            if (!subscription.wants(name) && !givenUp.contains(name)) {
                missing.add(name);
            }
        }
        if (missing.isEmpty()) {
            since = null;
            return null;
        }
        Instant start = since == null ? now : since;
        since = start;
        Instant until = start.plus(GRACE);
        if (now.isBefore(until)) {
            return until;
        }
        givenUp.addAll(missing);
        since = null;
        return null;
    }
}

package io.lateen.portal.mesh;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thing that a backend knows: asked for when somebody wants it and what is there is older than
 * a moment; by one thread at a time, the others take what it brings. While the backend does not
 * answer, what was known last stands for a while; the backend's state says how old it is.
 */
final class Reading<T> {
    private static final Logger log = LoggerFactory.getLogger(Reading.class);
    private static final Duration GOOD_FOR = Duration.ofMinutes(5);

    private final Supplier<T> fetch;
    private final Duration freshFor;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock.
    private @Nullable T value;
    private Instant readAt = Instant.MIN;
    private Instant askedAt = Instant.MIN;

    Reading(Supplier<T> fetch, Duration freshFor, Clock clock) {
        this.fetch = fetch;
        this.freshFor = freshFor;
        this.clock = clock;
    }

    /** What is known; empty when nothing is, or only what is too old. Blocks. */
    Optional<T> current() {
        lock.lock();
        try {
            Instant now = clock.instant();
            if (askedAt.isBefore(now.minus(freshFor))) {
                ask(now);
            }
            return readAt.isAfter(now.minus(GOOD_FOR))
                    ? Optional.ofNullable(value)
                    : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void ask(Instant now) {
        askedAt = now;
        try {
            value = fetch.get();
            readAt = now;
        } catch (BackendAway e) {
            // Its state has it already, and told the log once.
            log.debug("what was read before stands a while", e);
        }
    }
}

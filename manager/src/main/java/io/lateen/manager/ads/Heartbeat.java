package io.lateen.manager.ads;

import io.lateen.manager.snapshot.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Watches over a proxy that has promised to say again and again how its workload is. A process that
 * is stopped or hangs keeps its connection, and gRPC asks a quiet one no sooner than after 10 s
 * whether it is alive: by then its endpoints must be gone from the mesh.
 *
 * <p>Not thread-safe: belongs to one {@link ProxySession}.
 */
final class Heartbeat {

    /** The node's metadata: how often, in milliseconds; without it nothing is promised. */
    static final String KEY = "LATEEN_HEARTBEAT";

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** Late, because this machine is busy, is not silent. */
    private static final Duration SLACK = Duration.ofSeconds(1);

    private final Timers timers;
    private final Duration limit;
    private final Runnable silent;
    private Instant heard = Instant.EPOCH;
    private Instant due = Instant.EPOCH;
    private Timers.@Nullable Timer timer;

    /**
     * A watch that begins with the first word.
     *
     * @param interval how often something is said: two may be missed
     * @param silent called once when nothing was
     */
    Heartbeat(Timers timers, Duration interval, Runnable silent) {
        this.timers = timers;
        this.limit = interval.multipliedBy(2).plus(SLACK);
        this.silent = silent;
    }

    /** How often {@code proxy} has promised to speak; empty if it has not, or nonsense. */
    static Optional<Duration> promisedBy(Proxy proxy) {
        return Optional.ofNullable(proxy.metadata().get(KEY))
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Duration.ofMillis(Long.parseLong(text)))
                .map(within(SHORTEST, LONGEST));
    }

    private static UnaryOperator<Duration> within(Duration least, Duration most) {
        return it -> it.compareTo(least) < 0 ? least : it.compareTo(most) > 0 ? most : it;
    }

    /** It spoke. */
    void heard() {
        heard = timers.now();
        if (timer == null) {
            lookAfter(limit);
        }
    }

    /** Ends the watch. */
    void stop() {
        if (timer != null) {
            timer.cancel();
        }
    }

    private void lookAfter(Duration delay) {
        due = timers.now().plus(delay);
        timer = timers.after(delay, this::look);
    }

    private void look() {
        Instant now = timers.now();
        if (Duration.between(due, now).compareTo(SLACK) > 0) {
            // We stood still ourselves: what was said meanwhile has not been read yet.
            heard = now;
        }
        Duration quiet = Duration.between(heard, now);
        if (quiet.compareTo(limit) >= 0) {
            silent.run();
        } else {
            lookAfter(limit.minus(quiet));
        }
    }
}

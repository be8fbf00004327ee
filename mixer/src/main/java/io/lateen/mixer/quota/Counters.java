package io.lateen.mixer.quota;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one limit, by key. All limits share a bound on how many there are. A window is let
 * go only when nothing of it is used; where there is no room for another, keys without one share
 * one, and go on doing so until that has ended: no key ever gets more than the limit, but some may
 * get less. Thread-safe.
 */
final class Counters {
    private final ConcurrentHashMap<String, Window> windows = new ConcurrentHashMap<>();
    private final Window shared = new Window();
    private final long lengthNanos;
    private final Room room;

    /** How many windows there may be, of all limits together. */
    static final class Room {
        private final int most;
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicLong refused = new AtomicLong();

        Room(int most) {
            this.most = most;
        }

        private boolean take() {
            if (taken.incrementAndGet() <= most) {
                return true;
            }
            taken.decrementAndGet();
            refused.incrementAndGet();
            return false;
        }

        int taken() {
            return taken.get();
        }

        long refused() {
            return refused.get();
        }
    }

    /** One standing, and the window that can give it back. */
    record Taken(Standing standing, Window from) {}

    Counters(Duration length, Room room) {
        this.lengthNanos = length.toNanos();
        this.room = room;
    }

    Taken take(Limit limit, String key, long hits, long nowNanos) {
        while (true) {
            Window window = windowOf(key, nowNanos);
            Standing standing = window.take(limit, hits, nowNanos);
            if (standing != null) {
                return new Taken(standing, window);
            }
            // Discarded between being found and being asked: it has made room.
            windows.remove(key, window);
        }
    }

    private Window windowOf(String key, long nowNanos) {
        Window known = windows.get(key);
        if (known != null) {
            return known;
        }
        if (shared.isLive(lengthNanos, nowNanos) || !room.take()) {
            return shared;
        }
        Window fresh = new Window();
        @Nullable Window other = windows.putIfAbsent(key, fresh);
        if (other != null) {
            room.taken.decrementAndGet();
            return other;
        }
        return fresh;
    }

    /** Lets go of windows of which nothing is used. */
    void tidy(long nowNanos) {
        windows.forEach(
                (key, window) -> {
                    if (window.discardUnlessLive(lengthNanos, nowNanos)
                            && windows.remove(key, window)) {
                        room.taken.decrementAndGet();
                    }
                });
    }

    /** Lets go of all of them: the limit is gone. */
    void clear() {
        windows.forEach(
                (key, window) -> {
                    if (windows.remove(key, window)) {
                        room.taken.decrementAndGet();
                    }
                });
    }
}

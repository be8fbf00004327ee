package io.lateen.mixer.quota;

import org.jspecify.annotations.Nullable;

/**
 * What one key has used of one window. The window begins with the first use and ends as long after
 * as the limit says; then all is there again. Guarded by itself.
 */
final class Window {
    private long startNanos;
    private long used;
    private boolean discarded;

    /**
     * Takes what is asked for, or says that it is not there; null when this window is discarded.
     */
    synchronized @Nullable Standing take(Limit limit, long hits, long nowNanos) {
        if (discarded) {
            return null;
        }
        long length = limit.window().toNanos();
        if (used == 0 || nowNanos - startNanos >= length) {
            startNanos = nowNanos;
            used = 0;
        }
        boolean granted = hits <= limit.requests() - used;
        if (granted) {
            used += hits;
        }
        return new Standing(
                limit,
                granted,
                Math.max(0, limit.requests() - used),
                used == 0 ? 0 : startNanos + length - nowNanos);
    }

    /**
     * Gives back what was taken at a moment, when another limit has refused the request after all;
     * nothing if another window has begun since.
     */
    synchronized void giveBack(long hits, long takenNanos) {
        if (startNanos - takenNanos <= 0) {
            used = Math.max(0, used - hits);
        }
    }

    /** Whether anything of it is used at this moment. */
    synchronized boolean isLive(long lengthNanos, long nowNanos) {
        return used > 0 && nowNanos - startNanos < lengthNanos;
    }

    /** Discards it unless it is live: then it says no more than a new one would. */
    synchronized boolean discardUnlessLive(long lengthNanos, long nowNanos) {
        if (!isLive(lengthNanos, nowNanos)) {
            discarded = true;
        }
        return discarded;
    }
}

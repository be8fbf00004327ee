package io.lateen.sidecar.filter.limit;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Buckets of one rate, found by a key's fingerprint; of a fixed number, so that nobody fills the
 * memory by making up keys.
 *
 * <p>A place belongs to another key only when its bucket is full again: then it says no more than a
 * bucket never used, so that a key never gets anything by making others come and go. Keys that find
 * no place share one bucket. Shared by all event loops: what is spent is taken by compare-and-set;
 * a lock is held only while a new key looks for a place.
 */
final class Buckets {
    private static final int WAYS = 8;
    private static final long NOBODY = 0;

    private final Rate rate;
    private final int sets;
    private final AtomicLongArray keys;
    private final AtomicLongArray emptyAt;
    private final Object placing = new Object();

    /**
     * @param mostKeys so many keys have a bucket of their own, or somewhat more
     */
    Buckets(Rate rate, int mostKeys) {
        this.rate = rate;
        this.sets = Integer.highestOneBit(Math.max(1, (mostKeys - 1) / (WAYS / 2))) * 2;
        int places = sets * WAYS + 1;
        this.keys = new AtomicLongArray(places);
        this.emptyAt = new AtomicLongArray(places);
        for (int i = 0; i < places; i++) {
            emptyAt.setPlain(i, Rate.FULL);
        }
    }

    /**
     * Spends a token of a key.
     *
     * @param key a fingerprint that callers cannot foresee; 0 for all requests together
     * @return 0 when there was one; else nanoseconds until the next one comes
     */
    long take(long key, long now) {
        while (true) {
            int place = key == NOBODY ? shared() : place(key, now);
            long before = emptyAt.get(place);
            long after = rate.after(before, now);
            if (after - now > 0) {
                return after - now;
            }
            boolean taken = emptyAt.compareAndSet(place, before, after);
            // Another key may have come to the place meanwhile: then the token was its own.
            if (taken && (place == shared() || keys.get(place) == key)) {
                return 0;
            }
        }
    }

    /** Gives back a token that was spent on a request which another limit then refused. */
    void giveBack(long key) {
        int place = key == NOBODY ? shared() : find(key);
        if (place >= 0) {
            emptyAt.addAndGet(place, -rate.perTokenNanos());
        }
    }

    private int shared() {
        return sets * WAYS;
    }

    private int place(long key, long now) {
        int known = find(key);
        if (known >= 0) {
            return known;
        }
        synchronized (placing) {
            int meanwhile = find(key);
            return meanwhile >= 0 ? meanwhile : settle(key, now);
        }
    }

    private int settle(long key, long now) {
        int from = from(key);
        for (int i = from; i < from + WAYS; i++) {
            if (rate.isFull(emptyAt.get(i), now)) {
                keys.set(i, key);
                return i;
            }
        }
        return shared();
    }

    private int find(long key) {
        int from = from(key);
        for (int i = from; i < from + WAYS; i++) {
            if (keys.get(i) == key) {
                return i;
            }
        }
        return -1;
    }

    private int from(long key) {
        return (int) (key >>> 32 & sets - 1) * WAYS;
    }
}

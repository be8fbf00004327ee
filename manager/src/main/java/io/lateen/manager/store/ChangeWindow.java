package io.lateen.manager.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last changes, one per revision without a gap, in a ring. Not thread-safe: guarded by the
 * replica's lock.
 */
final class ChangeWindow {
    private final @Nullable Change[] ring;
    private long floor;
    private long head;

    ChangeWindow(int capacity) {
        this.ring = new @Nullable Change[capacity];
    }

    /** Forgets everything and goes on after a revision. */
    void reset(long revision) {
        java.util.Arrays.fill(ring, null);
        floor = revision;
        head = revision;
    }

    void add(Change change) {
        if (change.revision() != head + 1) {
            throw new IllegalStateException(
                    "found revision " + change.revision() + " after " + head);
        }
        head++;
        ring[slot(head)] = change;
        floor = Math.max(floor, head - ring.length);
    }

    /** The revision before the oldest change that is still here. */
    long floor() {
        return floor;
    }

    /** The changes after a revision, oldest first, at most {@code limit}. */
    List<Change> after(long revision, int limit) {
        long last = Math.min(head, revision + limit);
        List<Change> changes = new ArrayList<>();
        for (long at = revision + 1; at <= last; at++) {
            Change change = ring[slot(at)];
            if (at <= floor || change == null) {
                throw new IllegalStateException("revision " + at + " is not in the window");
            }
            changes.add(change);
        }
        return changes;
    }

    private int slot(long revision) {
        return (int) (revision % ring.length);
    }
}

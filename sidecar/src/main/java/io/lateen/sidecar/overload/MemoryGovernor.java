package io.lateen.sidecar.overload;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses new work before memory is full, and takes it again when there is room.
 *
 * <p>{@link #sample} is called by one thread, a few times a second; {@link #full} by any.
 */
public final class MemoryGovernor {

    private static final Logger log = LoggerFactory.getLogger(MemoryGovernor.class);

    private static final int FULL_PERCENT = 85;

    /** Lower, so that it does not go to and fro with each request. */
    private static final int ROOM_PERCENT = 75;

    /**
     * Of direct memory: what the allocator holds may be free inside. Only with so much in live
     * buffers is it work that fills it.
     */
    private static final int LIVE_PERCENT = 50;

    private static final int LIVE_ROOM_PERCENT = 40;

    /** A collection stops everything for some 50 ms: with four samples a second, one in two. */
    private static final int SAMPLES_BETWEEN_COLLECTIONS = 8;

    private final Heap heap;
    private final Direct direct;
    private volatile @Nullable String full;
    private int sinceCollection = SAMPLES_BETWEEN_COLLECTIONS;

    /** Of the heap and direct memory that these tell of. */
    public MemoryGovernor(Heap heap, Direct direct) {
        this.heap = heap;
        this.direct = direct;
    }

    /**
     * The heap, in bytes.
     *
     * @param used with what is garbage but not collected yet
     * @param collect collects garbage, and returns when that is done
     */
    public record Heap(LongSupplier used, long max, Runnable collect) {}

    /**
     * Direct memory, in bytes.
     *
     * @param held by the allocator
     * @param live in buffers that are in use
     */
    public record Direct(LongSupplier held, LongSupplier live, long max) {}

    /** Why no new work is taken, in a sentence; null while it is. */
    public @Nullable String full() {
        return full;
    }

    /** Looks at memory. */
    public void sample() {
        String before = full;
        String now = heapIsFull(before != null) ? told("heap", heap.used(), heap.max()) : null;
        if (now == null && directIsFull(before != null)) {
            now = told("direct memory", direct.held(), direct.max());
        }
        full = now;
        if (before == null && now != null) {
            log.warn("New requests are refused: {}", now);
        } else if (before != null && now == null) {
            log.info("There is room again: new requests are taken.");
        }
    }

    // What is not collected yet looks used: it is only known to be after a collection.
    private boolean heapIsFull(boolean already) {
        int percent = already ? ROOM_PERCENT : FULL_PERCENT;
        sinceCollection = Math.min(sinceCollection + 1, SAMPLES_BETWEEN_COLLECTIONS);
        if (!isOver(heap.used(), heap.max(), percent)) {
            return false;
        }
        if (sinceCollection < SAMPLES_BETWEEN_COLLECTIONS) {
            return already;
        }
        sinceCollection = 0;
        heap.collect().run();
        return isOver(heap.used(), heap.max(), percent);
    }

    private boolean directIsFull(boolean already) {
        return isOver(direct.held(), direct.max(), already ? ROOM_PERCENT : FULL_PERCENT)
                && isOver(direct.live(), direct.max(), already ? LIVE_ROOM_PERCENT : LIVE_PERCENT);
    }

    private static boolean isOver(LongSupplier used, long max, int percent) {
        return used.getAsLong() > max / 100 * percent;
    }

    private static String told(String what, LongSupplier used, long max) {
        return "the sidecar's %s is nearly full, %d of %d KiB; fewer requests at a time, or a larger limit of its JVM"
                .formatted(what, used.getAsLong() / 1024, max / 1024);
    }
}

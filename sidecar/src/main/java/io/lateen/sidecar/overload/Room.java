package io.lateen.sidecar.overload;

import org.jspecify.annotations.Nullable;

/**
 * What there is room for.
 *
 * @param memory whether it is full
 * @param connections how many of clients are kept at a time, of all sockets together
 */
public record Room(Memory memory, int connections) {

    /** For all that comes. */
    public static final Room ENOUGH = new Room(() -> null, Integer.MAX_VALUE);

    /** Whether memory is full; may be asked on any thread, at the cost of a read. */
    @FunctionalInterface
    public interface Memory {
        /** Why no new work is taken, in a sentence; null while it is. */
        @Nullable String full();
    }
}

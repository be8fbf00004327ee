package io.lateen.manager.publish;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The one place where the current snapshot stands. Written by {@link PublishLoop} alone; read by
 * any thread.
 */
public final class SnapshotHolder {

    private final List<Consumer<Published>> listeners = new CopyOnWriteArrayList<>();
    private volatile Optional<Published> current = Optional.empty();

    /** The current snapshot; empty until the first is built. */
    public Optional<Published> current() {
        return current;
    }

    /** Calls {@code listener} with every snapshot from now on, on the thread of the loop. */
    public void listen(Consumer<Published> listener) {
        listeners.add(listener);
    }

    void publish(Published next) {
        current = Optional.of(next);
        listeners.forEach(listener -> listener.accept(next));
    }
}

package io.lateen.manager.registry;

/**
 * A source of services and endpoints.
 *
 * <p>A registry that loses its source, or gets an empty answer that cannot be told from a loss,
 * goes on saying what it said last and marks it stale: it never wipes. Thread-safe.
 */
public interface ServiceRegistry {

    /** What it is called in the origins of services, and where its state is shown. */
    String name();

    /** What it knows now: from memory, without waiting. */
    RegistryReading read();

    /**
     * Calls {@code changed} whenever {@link #read} may answer something new, on any thread. {@code
     * changed} does not block.
     */
    void subscribe(Runnable changed);
}

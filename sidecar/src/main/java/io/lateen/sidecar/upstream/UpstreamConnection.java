package io.lateen.sidecar.upstream;

/** A connection to an endpoint, kept in its pool. */
public interface UpstreamConnection {
    /** Whether it would take a request now. */
    boolean available();

    /** Begins a request; only when {@link #available()}. */
    UpstreamStream open(ResponseListener listener);

    /** Requests on it at the moment. */
    int streams();

    /** When the last request ended, in nanoseconds of the worker's clock. */
    long idleSinceNanos();

    /** When it was opened, by the same clock. */
    long openedNanos();

    /**
     * How long the endpoint promised to keep it when idle; {@code Long.MAX_VALUE} if it did not.
     */
    long keepAliveNanos();

    /** Takes no further request and closes when the last has ended. */
    void drain();

    /** Closes at once. */
    void close();
}

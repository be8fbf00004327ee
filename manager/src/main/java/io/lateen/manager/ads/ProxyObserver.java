package io.lateen.manager.ads;

/**
 * Learns what proxies do. Called on the turn of the stream concerned, one call of a stream after
 * the other, streams in parallel; must return quickly and not throw.
 */
public interface ProxyObserver {

    /** A proxy began a stream and said who it is. */
    void connected(ProxyConnection connection);

    /** A proxy said how the workload beside it is; {@code message} says why it is not healthy. */
    void health(ProxyConnection connection, boolean healthy, String message);

    /** A proxy got further, or refused something. */
    void progressed(ProxyConnection connection, ProxyProgress progress);

    /** A stream ended. */
    void disconnected(ProxyConnection connection, Departure departure);
}

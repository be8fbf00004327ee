package io.lateen.sidecar.exchange;

/**
 * Who is at the two ends of a connection, as their certificates prove it. Few instances, each used
 * by many connections, so that telemetry tells them apart by reference first.
 *
 * @param source SPIFFE ID of who opened the connection; empty when nothing proves it
 * @param destination SPIFFE ID of who accepted it; empty when nothing proves it
 */
public record Principals(String source, String destination) {

    /** Nothing is proven. */
    public static final Principals NONE = new Principals("", "");

    /** Whether both ends have proven who they are. */
    public boolean mutual() {
        return !source.isEmpty() && !destination.isEmpty();
    }
}

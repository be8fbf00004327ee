package io.lateen.sidecar.plan;

/**
 * How long the first bytes of a connection are waited for where they decide what is spoken. A
 * server that speaks first is heard when this is over, not before.
 *
 * @param timeoutNanos 0 for no limit
 * @param goesOn what follows: whether the connection is taken as one of unknown bytes, or closed
 */
public record Detection(long timeoutNanos, boolean goesOn) {

    /** For as long as the client says nothing. */
    public static final Detection UNBOUNDED = new Detection(0, true);
}

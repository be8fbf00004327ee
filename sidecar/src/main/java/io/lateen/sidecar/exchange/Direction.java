package io.lateen.sidecar.exchange;

/** Which way a request crosses the sidecar. */
public enum Direction {
    /** From the sidecar's own application to the mesh. */
    OUTBOUND,
    /** From the mesh to the sidecar's own application. */
    INBOUND,
    /** From outside through a gateway. */
    GATEWAY
}

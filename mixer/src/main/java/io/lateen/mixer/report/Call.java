package io.lateen.mixer.report;

/**
 * One request that ended, or one raw connection that was closed.
 *
 * @param service the host that was called; empty if unknown
 * @param outcome how it ended
 */
public record Call(
        Party source,
        Party target,
        String service,
        Protocol protocol,
        Reporter reporter,
        Outcome outcome) {

    /**
     * How a call ended.
     *
     * @param code HTTP's status (0 when there was no answer), gRPC's status, or {@link #NO_CODE}
     * @param latencyMicros from the first byte to the last; -1 if it says nothing, as of a raw
     *     connection
     * @param security as far as the reporter knows
     * @param bytesSent to the caller
     * @param bytesReceived from the caller
     */
    public record Outcome(
            int code, long latencyMicros, Security security, long bytesSent, long bytesReceived) {}

    /** Code of what has none: a raw connection that went well. */
    public static final int NO_CODE = -1;

    /** Code of a raw connection that did not reach its other side. */
    public static final int FAILED_CONNECTION = 1;

    /** How the connection between both sides was secured. */
    public enum Security {
        /** Both have shown a certificate. */
        MUTUAL_TLS,
        /** Not so. */
        NONE,
        /** The reporter cannot know. */
        UNKNOWN
    }

    EdgeKey key() {
        return new EdgeKey(source.id(), target.id(), service, protocol);
    }
}

package io.lateen.sidecar.health;

/** What one probe found. */
public sealed interface ProbeResult {

    /** The application is well. */
    record Well() implements ProbeResult {}

    /**
     * It is not.
     *
     * @param reason what was tried and what came back
     */
    record Ill(String reason) implements ProbeResult {}
}

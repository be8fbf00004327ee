package io.lateen.sidecar.ads;

/** What is reported of the application. */
public sealed interface Health {

    /** It may get traffic. */
    record Healthy() implements Health {}

    /**
     * It may not.
     *
     * @param reason a sentence for whoever asks why
     */
    record Unhealthy(String reason) implements Health {}
}

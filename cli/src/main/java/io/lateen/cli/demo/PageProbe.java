package io.lateen.cli.demo;

import io.lateen.cli.probe.HttpProbe;
import java.io.IOException;
import java.time.Duration;

/** Asks for the page until it comes. */
record PageProbe(String url) {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(100);

    /**
     * Waits until the page is served.
     *
     * @throws IOException with the last answer when it is not by {@code deadline}
     */
    void awaitReachable(Duration deadline) throws IOException, InterruptedException {
        try {
            new HttpProbe(url, PATIENCE, PAUSE).await(HttpProbe.Answer::ok, deadline, () -> false);
        } catch (IOException e) {
            throw new IOException("%s is not reachable: %s".formatted(url, e.getMessage()), e);
        }
    }
}

package io.lateen.cli.demo;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;

/** Asks for the page until it comes. */
record PageProbe(String url) {

    private static final int TIMEOUT_MILLIS = 15_000;
    private static final Duration PAUSE = Duration.ofMillis(100);

    /**
     * Waits until the page is served.
     *
     * @throws IOException with the last answer when it is not by {@code deadline}
     */
    void awaitReachable(Duration deadline) throws IOException, InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        String last;
        do {
            try {
                HttpURLConnection connection =
                        (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
                connection.setConnectTimeout(TIMEOUT_MILLIS);
                connection.setReadTimeout(TIMEOUT_MILLIS);
                int status = connection.getResponseCode();
                if (status == HttpURLConnection.HTTP_OK) {
                    return;
                }
                String reason = connection.getHeaderField("x-lateen-reason");
                last = status + (reason == null ? "" : " " + reason);
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
            }
            Thread.sleep(PAUSE);
        } while (System.nanoTime() - end < 0);
        throw new IOException("%s is not reachable: %s".formatted(url, last));
    }
}

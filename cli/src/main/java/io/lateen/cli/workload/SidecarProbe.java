package io.lateen.cli.workload;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Asks a sidecar on its own address whether it is ready. Safe for use from any thread. */
public final class SidecarProbe {

    private static final int READINESS_PORT = 15021;
    private static final int TIMEOUT_MILLIS = 1_000;
    private static final Duration PAUSE = Duration.ofMillis(25);

    private final URI ready;

    /** A probe of the sidecar on {@code address}. */
    public SidecarProbe(String address) {
        this.ready = URI.create("http://%s:%d/healthz/ready".formatted(address, READINESS_PORT));
    }

    /**
     * Waits until it is ready.
     *
     * @param givenUp ends the wait early
     * @throws IOException saying what it answered last, when {@code deadline} passed or the wait
     *     was given up
     */
    public void awaitReady(Duration deadline, BooleanSupplier givenUp)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        String last = "no answer";
        while (!givenUp.getAsBoolean() && System.nanoTime() - end < 0) {
            try {
                HttpURLConnection connection =
                        (HttpURLConnection) ready.toURL().openConnection(Proxy.NO_PROXY);
                connection.setConnectTimeout(TIMEOUT_MILLIS);
                connection.setReadTimeout(TIMEOUT_MILLIS);
                int status = connection.getResponseCode();
                if (status == HttpURLConnection.HTTP_OK) {
                    return;
                }
                last = "%d %s".formatted(status, body(connection.getErrorStream()));
            } catch (IOException e) {
                last = e.getMessage() == null ? e.toString() : e.getMessage();
            }
            Thread.sleep(PAUSE);
        }
        throw new IOException(last.strip());
    }

    private static String body(@org.jspecify.annotations.Nullable InputStream stream)
            throws IOException {
        if (stream == null) {
            return "";
        }
        try (stream) {
            return new String(stream.readNBytes(200), StandardCharsets.UTF_8);
        }
    }
}

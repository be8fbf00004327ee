package io.lateen.cli.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Asks one URL until it gives an answer, never through a proxy. Safe for use from any thread.
 *
 * @param url what is asked
 * @param patience how long one answer may take
 * @param pause between two tries
 */
public record HttpProbe(String url, Duration patience, Duration pause) {

    private static final int SHOWN_BYTES = 200;

    /**
     * An answer.
     *
     * @param reason what a sidecar says in {@code x-lateen-reason}, empty if nothing
     * @param body its first 200 bytes
     */
    public record Answer(int status, String reason, String body) {

        /** Whether it is 200. */
        public boolean ok() {
            return status == HttpURLConnection.HTTP_OK;
        }

        private String inShort() {
            return (status + " " + (reason.isEmpty() ? body : reason)).strip();
        }
    }

    /** Asks once, with a GET. */
    public Answer get() throws IOException {
        return ask("GET", Optional.empty());
    }

    /** Asks once, with a POST without a body that shows {@code token}. */
    public Answer post(String token) throws IOException {
        return ask("POST", Optional.of(token));
    }

    /**
     * GETs until the answer is as wanted.
     *
     * @param givenUp ends the wait early
     * @throws IOException saying what was found last, when {@code deadline} passed or the wait was
     *     given up
     */
    public void await(Predicate<Answer> wanted, Duration deadline, BooleanSupplier givenUp)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + deadline.toNanos();
        String last = "no answer";
        while (!givenUp.getAsBoolean() && System.nanoTime() - end < 0) {
            try {
                Answer answer = get();
                if (wanted.test(answer)) {
                    return;
                }
                last = answer.inShort();
            } catch (IOException e) {
                last = e.getMessage() == null ? e.toString() : e.getMessage();
            }
            Thread.sleep(pause);
        }
        throw new IOException(last);
    }

    private Answer ask(String method, Optional<String> token) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection(Proxy.NO_PROXY);
        connection.setRequestMethod(method);
        token.ifPresent(shown -> connection.setRequestProperty("Authorization", "Bearer " + shown));
        connection.setConnectTimeout((int) patience.toMillis());
        connection.setReadTimeout((int) patience.toMillis());
        int status = connection.getResponseCode();
        return new Answer(
                status,
                Optional.ofNullable(connection.getHeaderField("x-lateen-reason")).orElse(""),
                body(connection));
    }

    /** Closes the stream, or the next try would find the connection still in use. */
    private static String body(HttpURLConnection connection) throws IOException {
        InputStream error = connection.getErrorStream();
        try (InputStream stream = error == null ? connection.getInputStream() : error) {
            return new String(stream.readNBytes(SHOWN_BYTES), StandardCharsets.UTF_8).strip();
        }
    }
}

package io.lateen.cli.workload;

import io.lateen.cli.probe.HttpProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Asks a sidecar on its own address how it is. Safe for use from any thread. */
public final class SidecarProbe {

    private static final int READINESS_PORT = 15021;
    private static final int ADMIN_PORT = 15000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(25);

    private final HttpProbe ready;
    private final HttpProbe drain;
    private final HttpProbe drained;

    private final Path token;

    /**
     * A probe of the sidecar on {@code address}.
     *
     * @param state the sidecar's own folder, in which it keeps what it is to be shown
     */
    public SidecarProbe(String address, Path state) {
        token = state.resolve("admin-token");
        ready = probe(address, READINESS_PORT, "/healthz/ready");
        drain = probe(address, ADMIN_PORT, "/drain_listeners?inboundonly");
        drained = probe(address, ADMIN_PORT, "/drain_listeners");
    }

    private static HttpProbe probe(String address, int port, String path) {
        return new HttpProbe("http://%s:%d%s".formatted(address, port, path), PATIENCE, PAUSE);
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
        ready.await(HttpProbe.Answer::ok, deadline, givenUp);
    }

    /**
     * Withdraws the workload, and waits until no request to it is left; its own calls go on.
     *
     * @param givenUp ends the wait early
     * @throws IOException when that is not so by {@code deadline}, or the sidecar cannot be asked
     */
    public void drainInbound(Duration deadline, BooleanSupplier givenUp)
            throws IOException, InterruptedException {
        HttpProbe.Answer begun = drain.post(Files.readString(token).strip());
        if (!begun.ok()) {
            throw new IOException(begun.status() + " " + begun.body());
        }
        drained.await(answer -> answer.body().equals("DRAINED"), deadline, givenUp);
    }
}

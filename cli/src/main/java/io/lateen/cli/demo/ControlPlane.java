package io.lateen.cli.demo;

import io.lateen.cli.process.KeptAlive;
import io.lateen.cli.process.ProcessPlan;
import io.lateen.cli.process.RunningProcess;
import io.lateen.cli.process.Spawner;
import io.lateen.cli.workload.Programs;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The manager's process. Started and stopped by one thread. */
final class ControlPlane {

    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int TIMEOUT_MILLIS = 2_000;

    private final LoopbackPlan addresses;
    private final StateFolder state;
    private final KeptAlive process;
    private final Duration grace;

    ControlPlane(
            LoopbackPlan addresses,
            StateFolder state,
            Programs programs,
            String databaseUrl,
            Spawner spawner,
            Consumer<String> report) {
        this.addresses = addresses;
        this.state = state;
        this.grace = programs.grace();
        List<String> command = new ArrayList<>(programs.command(Programs.Program.MANAGER));
        command.add("--lateen.rest-address=" + addresses.manager());
        command.add("--server.port=" + LoopbackPlan.REST_PORT);
        command.add("--lateen.xds-address=" + addresses.manager());
        command.add("--lateen.xds-port=" + LoopbackPlan.XDS_PORT);
        command.add("--management.server.port=" + LoopbackPlan.HEALTH_PORT);
        command.add("--lateen.state-directory=" + state.path());
        command.add("--lateen.manager-id=" + addresses.manager());
        // In the environment, where other users of this host cannot read the password.
        Map<String, String> environment =
                Map.of("LATEEN_DATABASE_URL", databaseUrl, "MALLOC_ARENA_MAX", "2");
        this.process =
                new KeptAlive(
                        spawner,
                        ProcessPlan.logged("manager", command, environment, state.log("manager")),
                        report);
    }

    /** Where its REST API is. */
    String server() {
        return "http://%s:%d".formatted(addresses.manager(), LoopbackPlan.REST_PORT);
    }

    /** Where sidecars find it. */
    String xds() {
        return addresses.manager() + ":" + LoopbackPlan.XDS_PORT;
    }

    /**
     * Starts it and waits until it is healthy.
     *
     * @return the administrator's token
     * @throws IOException with what its log says when it does not become healthy
     */
    String start() throws IOException, InterruptedException {
        RunningProcess first = process.start();
        URI health =
                URI.create(
                        "http://%s:%d/actuator/health"
                                .formatted(addresses.manager(), LoopbackPlan.HEALTH_PORT));
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        while (!isHealthy(health)) {
            if (!first.isAlive() || System.nanoTime() - end >= 0) {
                stop();
                throw new IOException(
                        "the manager does not start: %s (all of it in %s)"
                                .formatted(
                                        LogExcerpt.cause(state.log("manager")),
                                        state.log("manager")));
            }
            Thread.sleep(PAUSE);
        }
        process.keepAlive();
        Path token = state.path().resolve("admin-token");
        return Files.readString(token).strip();
    }

    private static boolean isHealthy(URI health) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) health.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    void stop() {
        process.stop("TERM", grace);
    }
}

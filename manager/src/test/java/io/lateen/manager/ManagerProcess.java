package io.lateen.manager;

import io.lateen.testkit.wait.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The manager as a process of its own, with the classes of the test. */
public final class ManagerProcess implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();

    private ManagerProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts a manager and does not wait for it. */
    public static ManagerProcess start(Path state, String... settings) {
        try {
            int port = freePort();
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.add("io.lateen.manager.Manager");
            command.add("--lateen.state-directory=" + state);
            command.add("--server.port=" + port);
            command.add("--management.server.port=" + freePort());
            command.add("--lateen.xds-port=" + freePort());
            command.addAll(List.of(settings));
            Path log = Files.createTempFile(state, "manager", ".log");
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            return new ManagerProcess(process, log, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it answers. */
    public ManagerProcess ready() {
        Eventually.eventually(
                Duration.ofSeconds(90),
                this::output,
                () -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException("the manager has ended: " + output());
                    }
                    client.send(
                            HttpRequest.newBuilder(URI.create(url() + "/readyz")).build(),
                            HttpResponse.BodyHandlers.discarding());
                });
        return this;
    }

    /** The address of REST. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    /** Sends a body (none for GET) with a token; answers the status and the body. */
    public HttpResponse<String> send(String method, String path, String token, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url() + path))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/yaml")
                        .timeout(Duration.ofSeconds(20))
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Kills it as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Waits for its end and answers its exit code. */
    public int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** What it has printed so far. */
    public String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        client.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

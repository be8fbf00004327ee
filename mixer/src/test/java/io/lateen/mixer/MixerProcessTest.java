package io.lateen.mixer;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.io.IOException;
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
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The mixer as a process of its own: killed, started again, and with a wrong setting. */
@Tag("mesh")
final class MixerProcessTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    @TempDir Path folder;

    @Test
    void aMixerThatIsKilledHasLostNoMoreThanItsLastSeconds() throws Exception {
        try (Started first = start(DATABASE.url(), "--lateen.telemetry.snapshot-every=1s")) {
            first.ready();
            first.send(30);
            // From one snapshot to the next is what the setting says; this is when it has come.
            try (RunningMixer witness = RunningMixer.on(DATABASE.url())) {
                eventually(
                        Duration.ofSeconds(5),
                        () ->
                                assertThat(
                                                witness.graph()
                                                        .path("edges")
                                                        .path(0)
                                                        .path("requests")
                                                        .asInt())
                                        .isEqualTo(30));
            }
            first.process.destroyForcibly().waitFor();
        }
        try (Started again = start(DATABASE.url())) {
            again.ready();
            again.send(2);

            assertThat(again.get("/lateen/v1/graph")).contains("\"requests\":32");
        }
    }

    @Test
    void saysInOneSentenceWhichSettingIsWrong() throws Exception {
        try (Started mixer = start(DATABASE.url(), "--lateen.telemetry.snapshot-every=1m")) {
            assertThat(mixer.process.waitFor()).isEqualTo(1);
            assertThat(mixer.output())
                    .contains(
                            "lateen-mixer: a setting is wrong: lateen.telemetry.snapshot-every:"
                                    + " found PT1M, expected 100ms to 10s.");
        }
    }

    private Started start(String database, String... settings) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx160m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Mixer.class.getName());
        int rest = freePort();
        int grpc = freePort();
        command.add("--database-url=" + database);
        command.add("--lateen.state-directory=" + folder);
        command.add("--server.port=" + rest);
        command.add("--lateen.grpc-port=" + grpc);
        command.addAll(List.of(settings));
        Path log = Files.createTempFile(folder, "mixer", ".log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        return new Started(process, log, rest, grpc);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private record Started(Process process, Path log, int rest, int grpc) implements AutoCloseable {
        void ready() {
            eventually(
                    Duration.ofSeconds(60),
                    () -> {
                        if (!process.isAlive()) {
                            throw new IllegalStateException("the mixer has ended: " + output());
                        }
                        assertThat(get("/actuator/health")).contains("UP");
                    });
        }

        void send(int requests) throws Exception {
            ManagedChannel channel =
                    NettyChannelBuilder.forAddress("127.0.0.1", grpc).usePlaintext().build();
            try {
                Records.send(
                        channel,
                        List.of(
                                Records.batch(
                                        Collections.nCopies(requests, Records.toBack(200, 1)))));
            } finally {
                channel.shutdownNow();
            }
        }

        String get(String path) throws IOException, InterruptedException {
            try (HttpClient client = HttpClient.newHttpClient()) {
                return client.send(
                                HttpRequest.newBuilder(
                                                URI.create("http://127.0.0.1:" + rest + path))
                                        .header("Authorization", "Bearer " + token())
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
            }
        }

        private String token() throws IOException {
            Path file = log.resolveSibling("admin-token");
            return Files.exists(file) ? Files.readString(file).strip() : "none-yet";
        }

        String output() throws IOException {
            return Files.readString(log);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}

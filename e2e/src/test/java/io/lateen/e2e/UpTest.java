package io.lateen.e2e;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.e2e.fixture.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/lateen up} as a user runs it: up, used, killed, up again with its state, stopped. */
@Tag("mesh")
class UpTest {

    private static final Duration UP_WITHIN = Duration.ofMinutes(3);
    private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    /** Addresses 127.N.x.y of this test's own; other tests' are below 127.224. */
    private static final int BLOCK = 230 + (int) (ProcessHandle.current().pid() % 20);

    @TempDir private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void leaveNothingRunning() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void comesUpKeepsItsStateAndLeavesNothingBehind() throws Exception {
        Process killed = up("first");
        assertThat(page().statusCode()).isEqualTo(200);
        assertThat(page().body()).contains("The Comedy of Errors", "details-v1-127." + BLOCK);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kubeconfig())))
                .isEqualTo("rw-------");
        assertThat(lateen("apply", "-f", PROJECT.resolve("samples/rules/subsets.yaml").toString()))
                .contains("destinationrule/reviews created");

        assertThat(output("first"))
                .contains("Portal ", "http://127.%d.0.1:8080".formatted(BLOCK))
                .contains("user admin, password " + initialPassword());
        callsBetweenWorkloadsAreEncrypted();
        nobodyIsToldAnythingWithoutACertificate();

        killed.destroyForcibly();
        eventually(() -> assertThat(processesOfThisMesh()).as("left by kill -9").isEmpty());

        Process stopped = up("second");
        assertThat(lateen("get", "dr", "reviews")).contains("reviews");
        assertThat(lateen("status"))
                .contains("7 connected", "reviews.default.svc.cluster.local")
                .contains("auth-ca ", "manager ", "mixer ", "portal ", "ingress gateway ");
        stopped.destroy();

        assertThat(stopped.waitFor(60, TimeUnit.SECONDS)).as("ends when asked").isTrue();
        assertThat(stopped.exitValue()).isZero();
        assertThat(output("second")).endsWith("Lateen is down\n");
        assertThat(processesOfThisMesh()).as("left by a stop").isEmpty();
    }

    /** The page works under STRICT, and the same workload closes what comes in plaintext. */
    private void callsBetweenWorkloadsAreEncrypted() throws Exception {
        try (Wire plaintext = inbound()) {
            assertThat(plaintext.get("details:9080", "/details/0").status())
                    .as("plaintext, as long as it is permitted")
                    .isEqualTo(200);
        }
        lateen(
                "apply",
                "-f",
                PROJECT.resolve("samples/rules/mtls-strict.yaml").toString(),
                "--wait");

        try (Wire plaintext = inbound()) {
            assertThatThrownBy(() -> plaintext.get("details:9080", "/details/0"))
                    .as("plaintext under STRICT")
                    .isInstanceOf(IOException.class);
        }
        assertThat(page().statusCode()).isEqualTo(200);
        assertThat(page().body()).contains("details-v1-127." + BLOCK);
    }

    /** The port where sidecars get their configuration closes on whoever shows no certificate. */
    private void nobodyIsToldAnythingWithoutACertificate() throws Exception {
        Process openssl =
                new ProcessBuilder(
                                "openssl",
                                "s_client",
                                "-connect",
                                "127.%d.0.1:15012".formatted(BLOCK),
                                "-alpn",
                                "h2",
                                "-CAfile",
                                state().resolve("roots.pem").toString(),
                                "-ign_eof")
                        .redirectErrorStream(true)
                        .start();
        openssl.getOutputStream().close();
        String said = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(openssl.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said)
                .as("the manager shows its own certificate, and wants one")
                .contains("Verification: OK")
                .containsPattern("(?i)alert (certificate required|handshake failure)");
    }

    private static Wire inbound() {
        return new Wire("127.%d.1.2".formatted(BLOCK), 15006);
    }

    private String initialPassword() throws IOException {
        return Files.readString(state().resolve("initial-password")).strip();
    }

    private Process up(String name) throws IOException {
        Process process =
                new ProcessBuilder(
                                PROJECT.resolve("bin/lateen").toString(),
                                "up",
                                "--block",
                                Integer.toString(BLOCK),
                                "--state-directory",
                                state().toString())
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(name).toFile())
                        .start();
        started.add(process);
        eventually(
                UP_WITHIN,
                this::logs,
                () -> {
                    assertThat(output(name)).contains("Lateen is up");
                });
        return process;
    }

    private String lateen(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(PROJECT.resolve("bin/lateen").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LATEEN_STATE_DIRECTORY", state().toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static HttpResponse<String> page() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.%d.0.2:8080/productpage".formatted(BLOCK)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private List<String> processesOfThisMesh() {
        String own = state().toString();
        return ProcessHandle.allProcesses()
                .map(handle -> commandLine(handle.pid()))
                .filter(line -> line.contains(own))
                .toList();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(
                            Path.of("/proc/%d/cmdline".formatted(pid)), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ');
        } catch (IOException e) {
            // It ended since it was listed.
            return "";
        }
    }

    private Path state() {
        return folder.resolve("state");
    }

    private Path kubeconfig() {
        return state().resolve("kubeconfig");
    }

    private String output(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private String logs() {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder, 3)) {
            for (Path file : files.filter(it -> it.toString().endsWith(".log")).toList()) {
                List<String> lines = Files.readAllLines(file);
                all.append(file).append('\n');
                lines.subList(Math.max(0, lines.size() - 10), lines.size())
                        .forEach(line -> all.append("  ").append(line).append('\n'));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.toString();
    }
}

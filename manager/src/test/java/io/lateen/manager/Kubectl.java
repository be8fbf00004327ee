package io.lateen.manager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The real kubectl, against a manager of the test. */
public final class Kubectl {
    private static final Path PROGRAM = Path.of("/usr/bin/kubectl");

    private final Path home;

    private Kubectl(Path home) {
        this.home = home;
    }

    /**
     * Prepares a home folder with a kubeconfig for the administrator.
     *
     * @throws org.opentest4j.TestAbortedException when kubectl is absent: the test is skipped
     */
    public static Kubectl of(RunningManager manager, Path home) {
        Assumptions.assumeTrue(
                Files.isExecutable(PROGRAM),
                "kubectl is absent: install it at " + PROGRAM + " to run this test");
        try {
            // In the address: kubectl keeps tokens to itself without TLS.
            String server =
                    manager.url().replace("http://", "http://lateen:" + manager.token() + "@");
            Files.writeString(
                    home.resolve("kubeconfig"),
                    """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: mesh, cluster: {server: "%s"}}]
                    contexts: [{name: mesh, context: {cluster: mesh}}]
                    current-context: mesh
                    """
                            .formatted(server));
            return new Kubectl(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a call did.
     *
     * @param output standard output and standard error together
     */
    public record Call(int exitCode, String output) {}

    /** Runs kubectl and waits for its end. */
    public Call run(String... arguments) {
        return finish(start(Map.of(), arguments));
    }

    /** Runs kubectl with more environment. */
    public Call runWith(Map<String, String> environment, String... arguments) {
        return finish(start(environment, arguments));
    }

    /** Runs kubectl on a file of its own. */
    public Call runOn(String file, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("-f");
        all.add(write(file).toString());
        return run(all.toArray(String[]::new));
    }

    /** Starts kubectl and leaves it running. */
    public Process start(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("KUBECONFIG", home.resolve("kubeconfig").toString());
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path write(String content) {
        try {
            Path file = Files.createTempFile(home, "document", ".yaml");
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Call finish(Process process) {
        try {
            String output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("kubectl did not end; so far: " + output);
            }
            return new Call(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

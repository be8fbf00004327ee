package io.lateen.bench;

import io.lateen.bench.proxy.Workbench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a run needs of the machine, looked at before anything is started. */
final class Ground {

    static final int PROXY_CPU = 0;
    static final int LOAD_CPU = 1;

    private Ground() {}

    /** A workbench in a folder of its own under {@code project}'s build output. */
    static Workbench prepare(Path project) {
        if (Runtime.getRuntime().availableProcessors() < 2) {
            throw new IllegalStateException(
                    "found one CPU, expected two: the proxy under test needs one for itself");
        }
        pinThisProcess();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try {
            Path runs =
                    Files.createDirectories(
                            project.resolve("bench/target/runs").toAbsolutePath().normalize());
            Path folder = Files.createTempDirectory(runs, "run-");
            return Workbench.in(
                    project.toAbsolutePath().normalize(), folder, java, PROXY_CPU, LOAD_CPU);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for logs under " + project, e);
        }
    }

    /** The load generator lives in this process, so this process leaves the proxies' CPU. */
    private static void pinThisProcess() {
        List<String> command =
                List.of(
                        "taskset",
                        "-a",
                        "-c",
                        "-p",
                        Integer.toString(LOAD_CPU),
                        Long.toString(ProcessHandle.current().pid()));
        try {
            Process taskset =
                    new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            if (taskset.waitFor() != 0) {
                throw new IllegalStateException(
                        "taskset cannot bind this process to CPU " + LOAD_CPU);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("taskset cannot be started (apt install util-linux)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while binding to a CPU", e);
        }
    }
}

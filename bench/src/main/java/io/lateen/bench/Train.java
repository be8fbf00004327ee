package io.lateen.bench;

import io.lateen.bench.proxy.Sidecar;
import io.lateen.bench.proxy.SidecarProgram;
import io.lateen.bench.proxy.Upstream;
import io.lateen.bench.proxy.Workbench;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Runs the sidecar under load once and keeps what the JVM learnt (classes loaded and linked,
 * methods profiled) in a cache beside the jar. Whoever starts the sidecar passes it with {@code
 * -XX:AOTCache}; a cache that does not fit the jar or the JDK is set aside by the JVM, which starts
 * without.
 */
@Command(
        name = "train",
        description = "Trains the sidecar's AOT cache under load and places it beside the jar.",
        mixinStandardHelpOptions = true)
final class Train implements Callable<Integer> {

    private static final PrintStream OUT = System.out;

    /** What a sidecar does all day; what it does seldom would only make the cache larger. */
    private static final List<String> LESSONS =
            List.of(
                    "http1-1000rps-1k",
                    "http1-c16-1k",
                    "http1-c16-10k",
                    "http2-c1m16-1k",
                    "chain-c16-1k");

    @Option(
            names = "--project",
            defaultValue = ".",
            description = "the project's root (default: this folder)")
    private Path project = Path.of(".");

    @Option(
            names = "--duration",
            defaultValue = "10",
            description = "seconds of load (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Override
    public Integer call() throws IOException {
        Workbench workbench = Ground.prepare(project);
        SidecarProgram program = SidecarProgram.of(workbench.project());
        if (!program.isBuilt()) {
            throw new IllegalStateException(
                    "found no " + program.jar() + ": build it first (make build)");
        }
        if (program.isTrained()) {
            OUT.println("The AOT cache is newer than the sidecar: " + program.cache());
            return 0;
        }
        Files.deleteIfExists(program.cache());
        OUT.println("Training the sidecar's AOT cache for " + seconds + " s");
        train(workbench, program);
        if (!Files.isRegularFile(program.cache())) {
            OUT.println(
                    "The JVM wrote no AOT cache; the sidecar starts without one. Log: "
                            + workbench.folder());
            return 0;
        }
        OUT.printf("AOT cache of %d MiB: %s%n", Files.size(program.cache()) >> 20, program.cache());
        return 0;
    }

    private void train(Workbench workbench, SidecarProgram program) {
        List<String> options =
                List.of("@" + program.options(), "-XX:AOTCacheOutput=" + program.cache());
        try (Upstream _ = Upstream.start(workbench);
                Sidecar sidecar = Sidecar.startAlone(workbench, options)) {
            List<Case> lessons =
                    Case.all(Ground.LOAD_CPU).stream()
                            .filter(lesson -> LESSONS.contains(lesson.name()))
                            .toList();
            Duration each = Duration.ofSeconds(Math.max(1, seconds / lessons.size()));
            for (Case lesson : lessons) {
                var _ =
                        lesson.load()
                                .drive(
                                        sidecar.way(lesson.traffic()).orElseThrow().target(),
                                        lesson.request(),
                                        each);
            }
            // The cache is put together in a second JVM when the first ends.
            sidecar.stop(Duration.ofMinutes(2));
        }
    }
}

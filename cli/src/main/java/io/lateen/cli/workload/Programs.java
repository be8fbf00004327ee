package io.lateen.cli.workload;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where Lateen's programs are, and how a JVM runs them.
 *
 * @param java the program {@code java} of a JDK 25
 * @param home the folder that holds the modules, {@code manager/}, {@code sidecar/} and so on
 * @param training whether they write the AOT caches with which later ones start sooner
 */
public record Programs(Path java, Path home, boolean training) {

    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration TRAINING_GRACE = Duration.ofMinutes(3);

    /** Programs that run as they are. */
    public Programs(Path java, Path home) {
        this(java, home, false);
    }

    /** The same programs, each leaving behind what its JVM has learnt when it ends. */
    public Programs inTraining() {
        return new Programs(java, home, true);
    }

    /** How long one may take to end: the JVM of one in training still writes its cache. */
    public Duration grace() {
        return training ? TRAINING_GRACE : GRACE;
    }

    /** One of Lateen's programs, by the module that it is built in. */
    public enum Program {
        /** Rules, and what they come to for each sidecar. */
        MANAGER("manager", "manager"),
        /** Identities and certificates. */
        AUTH_CA("auth-ca", "auth-ca"),
        /** Telemetry and quota. */
        MIXER("mixer", "mixer"),
        /** The page for people. */
        PORTAL("portal/server", "portal"),
        /** The proxy. */
        SIDECAR("sidecar", "sidecar"),
        /** The sample application. */
        SAMPLES("samples", "samples");

        private final String module;
        private final String artifact;

        Program(String module, String artifact) {
            this.module = module;
            this.artifact = artifact;
        }
    }

    /** The jar of {@code program}. */
    public Path jar(Program program) {
        return built(program, ".jar");
    }

    private Path built(Program program, String ending) {
        return home.resolve(program.module).resolve("target").resolve(program.artifact + ending);
    }

    /** Those of the programs that have not been built. */
    public List<Program> missing() {
        return Arrays.stream(Program.values())
                .filter(program -> !Files.isReadable(jar(program)))
                .toList();
    }

    /**
     * The command that runs {@code program}, up to its own arguments: with the JVM's options and
     * the AOT cache that stand beside its jar.
     */
    public List<String> command(Program program) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        Path options = built(program, ".jvm");
        if (Files.isReadable(options)) {
            command.add("@" + options);
        }
        Path cache = built(program, ".aot");
        if (training) {
            command.add("-XX:AOTCacheOutput=" + cache);
        } else if (Files.isReadable(cache)) {
            // One made by another build is refused by the JVM, which then starts without it.
            command.add("-XX:AOTCache=" + cache);
            command.add("-Xlog:aot=off,cds=off");
        }
        command.add("-jar");
        command.add(jar(program).toString());
        return command;
    }
}

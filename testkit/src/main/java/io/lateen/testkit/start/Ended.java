package io.lateen.testkit.start;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that was started as a process of its own, with the test's class path, and has ended.
 *
 * @param code the exit code
 * @param output standard output
 * @param errors standard error
 */
public record Ended(int code, String output, String errors) {

    private static final long PATIENCE_SECONDS = 60;

    /**
     * Starts a program and waits for its end.
     *
     * @throws IllegalStateException with all that it said if it goes on for a minute
     */
    public static Ended of(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx160m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName()));
        command.addAll(List.of(arguments));
        try {
            Path output = Files.createTempFile("start", ".out");
            Path errors = Files.createTempFile("start", ".err");
            Process process =
                    new ProcessBuilder(command)
                            .redirectOutput(output.toFile())
                            .redirectError(errors.toFile())
                            .start();
            boolean over = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly().waitFor();
            String said = Files.readString(output);
            String complained = Files.readString(errors);
            Files.delete(output);
            Files.delete(errors);
            if (!over) {
                throw new IllegalStateException("it goes on: " + said + complained);
            }
            return new Ended(process.exitValue(), said, complained);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * All that it said of its failure: what stands on standard error, and what a log says above the
     * level INFO.
     */
    public List<String> complaints() {
        List<String> lines = new ArrayList<>();
        output.lines().filter(line -> !line.contains(" INFO ")).forEach(lines::add);
        errors.lines().forEach(lines::add);
        return lines;
    }
}

package io.lateen.bench.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where and with what a run was made: figures mean nothing without it.
 *
 * @param machine CPU, cores, memory, kernel
 * @param java the JDK of the systems that need one
 * @param versions system to its version, in the order measured
 * @param day when
 */
public record Surroundings(
        String machine, String java, Map<String, String> versions, LocalDate day) {

    /** This machine, as the kernel describes it. */
    public static String thisMachine() {
        String cpu = field(Path.of("/proc/cpuinfo"), "model name");
        long kibibytes =
                Long.parseLong(field(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", ""));
        return "%s, %d cores, %d GiB, Linux %s"
                .formatted(
                        cpu,
                        processors(),
                        Math.round(kibibytes / 1024.0 / 1024),
                        System.getProperty("os.version"));
    }

    // The runtime's own count is of those that this process is bound to.
    private static long processors() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("processor")).count();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /proc/cpuinfo", e);
        }
    }

    private static String field(Path file, String name) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}

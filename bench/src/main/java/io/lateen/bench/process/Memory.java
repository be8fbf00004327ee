package io.lateen.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process holds of the machine's memory, in bytes, as {@code /proc/<pid>/smaps_rollup} says.
 *
 * @param resident every page that is in memory, shared ones whole
 * @param proportional the same, a page that n processes share counted as an n-th
 * @param own pages that no other process shares
 */
public record Memory(long resident, long proportional, long own) {

    static final Memory NONE = new Memory(0, 0, 0);

    static Memory of(long pid) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup"));
            return new Memory(
                    bytes(lines, "Rss:"),
                    bytes(lines, "Pss:"),
                    bytes(lines, "Private_Clean:") + bytes(lines, "Private_Dirty:"));
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " has gone while it was measured", e);
        }
    }

    /** Both together. */
    public Memory and(Memory other) {
        return new Memory(
                resident + other.resident, proportional + other.proportional, own + other.own);
    }

    /** An equal part of it. */
    public Memory dividedBy(int parts) {
        return new Memory(resident / parts, proportional / parts, own / parts);
    }

    private static long bytes(List<String> lines, String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }
}

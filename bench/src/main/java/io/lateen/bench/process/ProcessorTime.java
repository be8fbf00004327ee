package io.lateen.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Time that each thread has spent on a processor, in nanoseconds: the first field of {@code
 * /proc/<pid>/task/<tid>/schedstat}, which the kernel counts exactly, unlike the 10 ms ticks of
 * {@code /proc/<pid>/stat}.
 */
public record ProcessorTime(Map<Long, Long> nanosOfThread) {

    public ProcessorTime {
        nanosOfThread = Map.copyOf(nanosOfThread);
    }

    static ProcessorTime of(List<Long> pids) {
        Map<Long, Long> nanos = new HashMap<>();
        for (long pid : pids) {
            try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
                threads.forEach(thread -> read(thread, nanos));
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "process " + pid + " has gone while it was measured", e);
            }
        }
        return new ProcessorTime(nanos);
    }

    /**
     * Nanoseconds spent since {@code earlier}. A thread that was born in between counts whole; one
     * that ended in between is not seen any more, so the programs under test run with a fixed
     * number of threads.
     */
    public long nanosSince(ProcessorTime earlier) {
        long sum = 0;
        for (Map.Entry<Long, Long> thread : nanosOfThread.entrySet()) {
            sum += thread.getValue() - earlier.nanosOfThread.getOrDefault(thread.getKey(), 0L);
        }
        return sum;
    }

    /** Both together. */
    public ProcessorTime and(ProcessorTime other) {
        Map<Long, Long> both = new HashMap<>(nanosOfThread);
        both.putAll(other.nanosOfThread);
        return new ProcessorTime(both);
    }

    private static void read(Path thread, Map<Long, Long> nanos) {
        try {
            String[] fields = Files.readString(thread.resolve("schedstat")).split(" ", -1);
            nanos.put(Long.valueOf(thread.getFileName().toString()), Long.valueOf(fields[0]));
        } catch (NoSuchFileException e) {
            // The thread ended between the listing and the reading.
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + thread, e);
        }
    }
}

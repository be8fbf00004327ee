package io.lateen.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The file that names every process started, with its start time: a process id alone may belong to
 * someone else by the time it is read.
 *
 * <p>One line each: {@code <pid> <start in epoch ms> <name>}. Written by the {@link Spawner}, read
 * by the next start and by {@code lateen down}.
 */
public final class ProcessLedger {

    /** A process that was started, and by its start time proves to be that one. */
    public record Entry(String name, ProcessHandle handle) {}

    private final Path file;

    /** The ledger in {@code file}, which need not exist. */
    public ProcessLedger(Path file) {
        this.file = file;
    }

    void add(String name, ProcessHandle handle) {
        Optional<Instant> start = handle.info().startInstant();
        if (start.isEmpty()) {
            // It has ended already: nothing to find later.
            return;
        }
        String line = "%d %d %s%n".formatted(handle.pid(), start.get().toEpochMilli(), name);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of the ledger that still run. */
    public List<Entry> alive() throws IOException {
        List<Entry> alive = new ArrayList<>();
        if (!Files.exists(file)) {
            return alive;
        }
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split(" ", 3);
            if (parts.length == 3) {
                ProcessHandle.of(Long.parseLong(parts[0]))
                        .filter(handle -> startedAt(handle, Long.parseLong(parts[1])))
                        .filter(ProcessHandle::isAlive)
                        .ifPresent(handle -> alive.add(new Entry(parts[2], handle)));
            }
        }
        return alive;
    }

    /** Forgets all entries. */
    public void clear() throws IOException {
        Files.deleteIfExists(file);
    }

    /**
     * Ends what a start that was killed has left: each is asked, and killed after {@code grace}.
     *
     * @return the names of those that were found running
     */
    public List<String> endLeftovers(Duration grace) throws IOException {
        List<Entry> left = alive();
        left.forEach(entry -> entry.handle().destroy());
        long end = System.nanoTime() + grace.toNanos();
        for (Entry entry : left) {
            if (!endsBefore(entry.handle(), end)) {
                entry.handle().destroyForcibly();
            }
        }
        clear();
        return left.stream().map(Entry::name).toList();
    }

    private static boolean endsBefore(ProcessHandle handle, long endNanos) {
        try {
            handle.onExit().get(Math.max(1, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Start times are read from ticks of a hundredth of a second, and may round differently. */
    private static boolean startedAt(ProcessHandle handle, long epochMillis) {
        long tolerance = 20;
        return handle.info()
                .startInstant()
                .map(start -> Math.abs(start.toEpochMilli() - epochMillis) <= tolerance)
                .orElse(false);
    }
}

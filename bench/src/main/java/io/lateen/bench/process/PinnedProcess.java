package io.lateen.bench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program bound to some CPUs, with its children. Owned by whoever started it, who closes it; used
 * by one thread.
 */
public final class PinnedProcess implements AutoCloseable {

    private final String name;
    private final Process process;
    private final Path log;

    private PinnedProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts {@code command} on {@code cpus} ({@code 0} or {@code 0,1}); its output goes to {@code
     * <name>.log} in {@code folder}.
     */
    public static PinnedProcess start(
            String name,
            String cpus,
            Path folder,
            Map<String, String> environment,
            List<String> command) {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", cpus));
        pinned.addAll(command);
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(pinned)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new PinnedProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    name + ": cannot be started as " + String.join(" ", pinned), e);
        }
    }

    /**
     * The program's process id: {@code taskset} becomes the program, so this is not a wrapper's.
     */
    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Processor time of this process and its children so far. */
    public ProcessorTime processorTime() {
        return ProcessorTime.of(family());
    }

    /** Memory now, children included. */
    public Memory memory() {
        return family().stream().map(Memory::of).reduce(Memory.NONE, Memory::and);
    }

    /** The last lines that the program wrote: for a message when it does not come up. */
    public String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return log + " cannot be read: " + e.getMessage();
        }
    }

    /** Asks the program to end and waits; the exit code. */
    public int stop(Duration patience) {
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        name
                                + ": still running "
                                + patience.toSeconds()
                                + " s after SIGTERM; log "
                                + log);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + ": interrupted while it was stopping", e);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private List<Long> family() {
        return Stream.concat(
                        Stream.of(process.pid()), process.descendants().map(ProcessHandle::pid))
                .toList();
    }
}

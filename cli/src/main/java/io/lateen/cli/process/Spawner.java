package io.lateen.cli.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Starts processes, in a way that none outlives this one.
 *
 * <p>Each gets a session of its own ({@code setsid}) and a signal from the kernel when its parent
 * dies ({@code setpriv --pdeathsig}), both from Debian's util-linux. The kernel takes the parent to
 * be the <em>thread</em> that forked, so one platform thread forks them all and lives as long as we
 * do; on a thread of a pool the children would be told to end when the pool shrinks.
 */
public final class Spawner {

    private final ExecutorService forkingThread =
            Executors.newSingleThreadExecutor(
                    task -> Thread.ofPlatform().name("spawner").daemon().unstarted(task));
    private final ProcessLedger ledger;

    /** Starts processes and writes each down in {@code ledger}. */
    public Spawner(ProcessLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Starts the process that {@code plan} describes.
     *
     * @throws IOException when its program cannot be run
     */
    public RunningProcess start(ProcessPlan plan) throws IOException {
        try {
            return forkingThread.submit(() -> fork(plan)).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting " + plan.name(), e);
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException(
                    "cannot start %s: %s".formatted(plan.name(), cause.getMessage()), e);
        }
    }

    private RunningProcess fork(ProcessPlan plan) throws IOException {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("setsid", "setpriv", "--pdeathsig", plan.whenOrphaned(), "--"));
        command.addAll(plan.command());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(plan.environment());
        builder.redirectErrorStream(plan.log().isPresent());
        plan.log()
                .ifPresentOrElse(
                        log -> {
                            prepare(log);
                            builder.redirectInput(new File("/dev/null"));
                            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
                        },
                        builder::inheritIO);
        Process process = builder.start();
        ledger.add(plan.name(), process.toHandle());
        return new RunningProcess(plan, process);
    }

    private static void prepare(Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.lateen.cli.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * {@code postmaster.pid}, in which a server says who it is and how far it has come: line 1 is its
 * process id, line 8 its status (PostgreSQL's {@code src/include/utils/pidfile.h}).
 */
record PostmasterFile(Path data) {

    private static final int STATUS_LINE = 7;

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Whether the server with this process id takes connections. */
    boolean isReady(long pid) throws IOException {
        List<String> lines = lines();
        return lines.size() > STATUS_LINE
                && lines.getFirst().strip().equals(Long.toString(pid))
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    /**
     * Ends the server that holds the data, if one does, and forgets one that is gone. A process
     * counts as that server only if it works in the data folder: its id may have been handed on.
     */
    void endLeftover(Duration grace) throws IOException, InterruptedException {
        Optional<ProcessHandle> server =
                lines().stream()
                        .findFirst()
                        .map(String::strip)
                        .filter(line -> line.matches("\\d+"))
                        .flatMap(line -> ProcessHandle.of(Long.parseLong(line)))
                        .filter(this::worksHere);
        if (server.isPresent()) {
            new ProcessBuilder("sh", "-c", "kill -s INT " + server.get().pid()).start().waitFor();
            awaitEnd(server.get(), grace);
        }
        Files.deleteIfExists(data.resolve("postmaster.pid"));
    }

    private boolean worksHere(ProcessHandle handle) {
        try {
            return Files.isSameFile(Path.of("/proc/%d/cwd".formatted(handle.pid())), data);
        } catch (IOException e) {
            return false;
        }
    }

    private static void awaitEnd(ProcessHandle server, Duration grace)
            throws IOException, InterruptedException {
        try {
            server.onExit().get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(
                    "a PostgreSQL of an earlier start (process %d) does not end; end it by hand"
                            .formatted(server.pid()),
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.lateen.cli.demo;

import io.lateen.cli.client.CommandFailed;
import io.lateen.cli.process.ProcessLedger;
import io.lateen.cli.workload.SecretFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that keeps a mesh between starts. It belongs to one {@code lateen up} at a time, which
 * holds a lock on a file in it; the kernel lets go of the lock however that process ends.
 */
public final class StateFolder implements AutoCloseable {

    private static final FileAttribute<?> OWNER_ONLY_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path path;
    private final FileChannel channel;

    private StateFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Takes the folder, making it if there is none.
     *
     * @throws CommandFailed when another mesh runs from it, or it belongs to another user
     */
    public static StateFolder take(Path path) throws IOException {
        try {
            if (!Files.isDirectory(path)) {
                Files.createDirectories(path, OWNER_ONLY_FOLDER);
            }
            FileChannel channel =
                    FileChannel.open(
                            path.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new CommandFailed(
                        "Lateen is already up from %s%s; stop it with `lateen down`"
                                .formatted(path, holder(path)));
            }
            Files.writeString(path.resolve("up.pid"), Long.toString(ProcessHandle.current().pid()));
            return new StateFolder(path, channel);
        } catch (AccessDeniedException e) {
            throw new CommandFailed(
                    "%s belongs to another user; remove it as that user, or name another folder with"
                                    .formatted(path)
                            + " --state-directory");
        }
    }

    private static String holder(Path path) throws IOException {
        Path file = path.resolve("up.pid");
        return Files.exists(file) ? " (process " + Files.readString(file).strip() + ")" : "";
    }

    /** The process that has a mesh up from {@code path}, if one has. */
    public static @Nullable ProcessHandle holderOf(Path path) throws IOException {
        if (!Files.exists(path.resolve("lock")) || !Files.exists(path.resolve("up.pid"))) {
            return null;
        }
        try (FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.WRITE)) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return null;
            }
        }
        long pid = Long.parseLong(Files.readString(path.resolve("up.pid")).strip());
        return ProcessHandle.of(pid).orElse(null);
    }

    Path path() {
        return path;
    }

    Path log(String name) {
        return path.resolve("log").resolve(name + ".log");
    }

    /** Begins new logs; those of the start before are kept as {@code log.previous}. */
    void beginLogs() throws IOException {
        Path log = path.resolve("log");
        Path previous = path.resolve("log.previous");
        if (!Files.isDirectory(log)) {
            return;
        }
        if (Files.isDirectory(previous)) {
            try (Stream<Path> files = Files.list(previous)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.move(log, previous, StandardCopyOption.REPLACE_EXISTING);
    }

    ProcessLedger ledger() {
        return new ProcessLedger(path.resolve("processes"));
    }

    /** Writes a file that only its owner may read, replacing what was there. */
    Path writeSecret(String name, String content) throws IOException {
        Path file = path.resolve(name);
        SecretFile.write(file, content);
        return file;
    }

    /** Lets the folder go. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(path.resolve("up.pid"));
        channel.close();
    }
}

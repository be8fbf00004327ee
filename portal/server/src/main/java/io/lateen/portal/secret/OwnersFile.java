package io.lateen.portal.secret;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that their owner alone may read (0600), whole from the first moment at which they exist.
 */
public final class OwnersFile {
    private static final Logger log = LoggerFactory.getLogger(OwnersFile.class);
    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private OwnersFile() {}

    /** Writes a line into {@code file}, over what is there. */
    public static void write(Path file, String line) {
        try {
            Files.move(
                    draft(file, line),
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written", e);
        }
    }

    /** Writes a line into {@code file} unless it is there already; answers the line it holds. */
    public static String writeOnce(Path file, String line) {
        try {
            if (!Files.exists(file)) {
                Path draft = draft(file, line);
                try {
                    Files.createLink(file, draft);
                } catch (FileAlreadyExistsException e) {
                    log.debug("another replica was first to write {}", file, e);
                } finally {
                    Files.deleteIfExists(draft);
                }
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be written or read", e);
        }
    }

    private static Path draft(Path file, String line) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path draft =
                Files.createTempFile(
                        folder,
                        "." + file.getFileName(),
                        "",
                        PosixFilePermissions.asFileAttribute(OWNER));
        Files.writeString(draft, line + "\n", StandardCharsets.UTF_8);
        return draft;
    }
}

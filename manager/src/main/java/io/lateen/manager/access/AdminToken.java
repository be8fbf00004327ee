package io.lateen.manager.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first administrator's token: drawn once into {@code <state-directory>/admin-token}, readable
 * by its owner alone. The database knows its hash; a file that is there already is kept, so that a
 * new database accepts the token that clients have.
 */
final class AdminToken {
    private static final Logger log = LoggerFactory.getLogger(AdminToken.class);
    private static final Caller ADMIN = new Caller("admin", Role.ADMIN);

    private final Path file;
    private final Tokens tokens;

    AdminToken(Path stateDirectory, Tokens tokens) {
        this.file = stateDirectory.resolve("admin-token");
        this.tokens = tokens;
    }

    /** Makes sure that there is one and that it is accepted. */
    void ensure() {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (!Files.exists(file)) {
                draw();
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            String token = Files.readString(file).strip();
            if (token.length() < 32) {
                throw new IllegalStateException(
                        file
                                + ": found a token of "
                                + token.length()
                                + " characters, expected 32 or more; delete the file to have a new"
                                + " one drawn");
            }
            tokens.accept(token, ADMIN);
        } catch (IOException e) {
            throw new UncheckedIOException("the administrator's token could not be written", e);
        }
    }

    private void draw() throws IOException {
        // Written beside it with its permissions from the first byte, then linked into place: no
        // moment at which others can read it or find half of it.
        Path draft =
                Files.createTempFile(
                        file.toAbsolutePath().getParent(),
                        ".admin-token",
                        "",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(draft, tokens.draw() + "\n", StandardCharsets.UTF_8);
            Files.createLink(file, draft);
            log.info("administrator's token written file={}", file);
        } catch (FileAlreadyExistsException e) {
            log.debug("another manager was first to write {}", file, e);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}

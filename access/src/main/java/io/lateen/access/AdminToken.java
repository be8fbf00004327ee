package io.lateen.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first administrator's token: drawn once into {@code <state-directory>/admin-token}, readable
 * by its owner alone. A file that is there already is kept, so that clients keep the token that
 * they have. Thread-safe: never changed once made.
 */
public final class AdminToken implements TokenBook {
    private static final Logger log = LoggerFactory.getLogger(AdminToken.class);

    /** Whose it is. */
    public static final Caller ADMIN = new Caller("admin", Role.ADMIN);

    private final String value;
    private final String hash;

    private AdminToken(String value) {
        this.value = value;
        this.hash = TokenHash.of(value);
    }

    /**
     * The token of a folder; drawn and written when there is none.
     *
     * @throws IllegalStateException with a sentence when what stands in the file is no token
     */
    public static AdminToken in(Path stateDirectory, SecureRandom random) {
        Path file = stateDirectory.resolve("admin-token");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (!Files.exists(file)) {
                draw(file, random);
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            String token = Files.readString(file).strip();
            if (token.length() < TokenHash.SHORTEST) {
                throw new IllegalStateException(
                        file
                                + ": found a token of "
                                + token.length()
                                + " characters, expected "
                                + TokenHash.SHORTEST
                                + " or more; delete the file to have a new one drawn");
            }
            return new AdminToken(token);
        } catch (IOException e) {
            throw new UncheckedIOException("the administrator's token could not be written", e);
        }
    }

    /** The token itself, for who keeps its hash elsewhere. Never to be logged. */
    public String value() {
        return value;
    }

    @Override
    public Optional<Caller> recognise(String token) {
        return TokenHash.of(token).equals(hash) ? Optional.of(ADMIN) : Optional.empty();
    }

    private static void draw(Path file, SecureRandom random) throws IOException {
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
            Files.writeString(draft, TokenHash.draw(random) + "\n", StandardCharsets.UTF_8);
            Files.createLink(file, draft);
            log.info("administrator's token written file={}", file);
        } catch (FileAlreadyExistsException e) {
            log.debug("another program was first to write {}", file, e);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}

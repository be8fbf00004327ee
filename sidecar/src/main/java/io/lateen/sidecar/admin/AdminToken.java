package io.lateen.sidecar.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What whoever wants to end the workload's traffic must show: to be on this machine is not enough.
 * Made anew at each start, and kept in a file that its owner alone may read.
 */
public final class AdminToken {

    /** The file's name, in the state directory. */
    public static final String FILE = "admin-token";

    private static final int BYTES = 32;
    private static final String SCHEME = "Bearer ";

    private final byte[] text;

    private AdminToken(byte[] text) {
        this.text = text;
    }

    /**
     * Makes one and writes it into a folder.
     *
     * @param random unpredictable
     */
    public static AdminToken create(Path folder, RandomGenerator random) throws IOException {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        byte[] text = HexFormat.of().formatHex(secret).getBytes(StandardCharsets.US_ASCII);
        Files.createDirectories(folder);
        // Never open to others, not even while it is written; a reader sees the old one or the new.
        Path draft =
                Files.createTempFile(
                        folder,
                        FILE,
                        "",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        Files.write(draft, text);
        Files.move(
                draft,
                folder.resolve(FILE),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        return new AdminToken(text);
    }

    /** Serves {@code page} to who shows the token, and to nobody where there is none. */
    static Page guarding(Optional<AdminToken> token, Page page) {
        return ask -> {
            if (token.isEmpty()) {
                return Page.Reply.text(
                        403, "This needs a token, which is kept in the --state-directory.\n");
            }
            return token.get().isShown(ask.authorization())
                    ? page.serve(ask)
                    : Page.Reply.text(
                            401,
                            "expected Authorization: Bearer and the text of "
                                    + FILE
                                    + " in the state directory\n");
        };
    }

    private boolean isShown(String authorization) {
        boolean bearer = authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        byte[] shown =
                (bearer ? authorization.substring(SCHEME.length()).strip() : "")
                        .getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(shown, text);
    }
}

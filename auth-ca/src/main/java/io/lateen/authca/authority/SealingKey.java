package io.lateen.authca.authority;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key that the root is sealed with, and where it came from.
 *
 * @param source for messages: the setting or the file
 */
record SealingKey(SecretKey key, String source) {

    private static final Logger log = LoggerFactory.getLogger(SealingKey.class);
    private static final int BYTES = 32;

    /** Where the key is looked for. */
    record Place(@Nullable String given, Path file) {

        /**
         * The key.
         *
         * @param drawMissing whether a file that is not there is made with a new key
         * @throws RefusedKey if there is none, or it is no key
         */
        SealingKey find(boolean drawMissing, SecureRandom random) {
            if (given != null && !given.isBlank()) {
                return read(given, "LATEEN_ENCRYPTION_KEY");
            }
            try {
                if (drawMissing && !Files.exists(file)) {
                    draw(random);
                }
                return read(Files.readString(file), file.toString());
            } catch (NoSuchFileException missing) {
                throw new RefusedKey(
                        "the database holds a root, but there is no key to open it: found neither"
                                + " LATEEN_ENCRYPTION_KEY nor the file "
                                + file
                                + "; put the key there that was in use when the root was made.",
                        missing);
            } catch (IOException e) {
                throw new RefusedKey(
                        "the key file " + file + " cannot be used (" + e + "); mend that.", e);
            }
        }

        /** Without the key. */
        @Override
        public String toString() {
            return "Place[" + file + "]";
        }

        private static SealingKey read(String text, String source) {
            byte[] bytes;
            try {
                bytes = Base64.getDecoder().decode(text.strip());
            } catch (IllegalArgumentException notBase64) {
                bytes = new byte[0];
            }
            if (bytes.length != BYTES) {
                throw new RefusedKey(
                        "the key of "
                                + source
                                + " cannot be used: expected 32 random bytes in Base64, such as"
                                + " 'openssl rand -base64 32' prints.",
                        null);
            }
            return new SealingKey(new SecretKeySpec(bytes, "AES"), source);
        }

        private void draw(SecureRandom random) throws IOException {
            byte[] bytes = new byte[BYTES];
            random.nextBytes(bytes);
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            var ownerOnly =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"));
            Path draft = Files.createTempFile(folder, ".auth-ca-key", "", ownerOnly);
            try {
                Files.writeString(draft, Base64.getEncoder().encodeToString(bytes) + "\n");
                Files.createLink(file, draft);
                log.info("The key that seals the root was drawn; keep a copy of it. file={}", file);
            } catch (FileAlreadyExistsException e) {
                log.debug("another replica was first to write {}", file, e);
            } finally {
                Files.deleteIfExists(draft);
            }
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SealingKey[" + source + "]";
    }
}

package io.lateen.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** Opaque tokens: drawn at random, kept and compared by their hash. */
public final class TokenHash {
    private static final int BYTES = 32;

    /** Of 256 random bits in base64, 43; fewer than this has been thought up by somebody. */
    static final int SHORTEST = 32;

    private TokenHash() {}

    /** A new token of 256 random bits, not yet accepted by anybody. */
    public static String draw(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** SHA-256 of a token, in hexadecimal. Looking a token up by it tells a guesser nothing. */
    public static String of(String token) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package io.lateen.mixer.grpc;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Keeps keys short: a header may be long, and a hundred thousand of them are kept. */
final class KeyDigest {
    private static final int LONGEST = 64;

    private KeyDigest() {}

    /** The key, or its SHA-256 where it is long. */
    static String shortened(CharSequence key) {
        if (key.length() <= LONGEST) {
            return key.toString();
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(key.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

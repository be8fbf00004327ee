package io.lateen.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the token in an {@code Authorization} header: {@code Bearer <token>} (RFC 6750), or {@code
 * Basic} with the token as its password and any user name (RFC 7617).
 *
 * <p>Basic is there for kubectl: it sends no bearer token over plain HTTP, as on one machine, but
 * does send what stands in the server's address, {@code http://lateen:<token>@127.0.0.1:7070}.
 */
final class PresentedToken {
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    private PresentedToken() {}

    /** The token, if the header carries one. */
    static Optional<String> in(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        String lower = header.toLowerCase(Locale.ROOT);
        if (lower.startsWith(BEARER)) {
            return notEmpty(header.substring(BEARER.length()).strip());
        }
        if (lower.startsWith(BASIC)) {
            return password(header.substring(BASIC.length()).strip());
        }
        return Optional.empty();
    }

    private static Optional<String> password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : notEmpty(pair.substring(colon + 1));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Optional<String> notEmpty(String token) {
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }
}

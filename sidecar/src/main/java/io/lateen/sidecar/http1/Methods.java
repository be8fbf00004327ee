package io.lateen.sidecar.http1;

import java.nio.charset.StandardCharsets;

/** Names of methods: the standard ones are constants, so that a request allocates nothing. */
final class Methods {
    private static final String[] STANDARD = {
        "GET", "POST", "PUT", "HEAD", "DELETE", "PATCH", "OPTIONS", "CONNECT", "TRACE"
    };

    private Methods() {}

    /** The name in a range of bytes. */
    static String name(byte[] b, int from, int to) {
        for (String candidate : STANDARD) {
            if (candidate.length() == to - from && matches(candidate, b, from)) {
                return candidate;
            }
        }
        return new String(b, from, to - from, StandardCharsets.US_ASCII);
    }

    private static boolean matches(String name, byte[] b, int from) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) != b[from + i]) {
                return false;
            }
        }
        return true;
    }
}

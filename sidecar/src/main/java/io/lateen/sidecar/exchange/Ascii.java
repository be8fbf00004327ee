package io.lateen.sidecar.exchange;

/** Tables and comparisons over ASCII bytes that scanning and matching share. */
public final class Ascii {
    /** For a byte (0..255) that may stand in a token: itself in lower case; else 0. */
    public static final byte[] TOKEN_LOWER = tokens();

    private Ascii() {}

    /** Compares {@code lower} (lower case already) with a range in any case. */
    public static boolean equalsIgnoreCase(byte[] lower, byte[] buffer, int from, int to) {
        return to - from == lower.length && startsWithIgnoreCase(lower, buffer, from, to);
    }

    /** Whether a range in any case begins with {@code lower} (lower case already). */
    public static boolean startsWithIgnoreCase(byte[] lower, byte[] buffer, int from, int to) {
        if (to - from < lower.length) {
            return false;
        }
        for (int i = 0; i < lower.length; i++) {
            if (lower(buffer[from + i]) != lower[i]) {
                return false;
            }
        }
        return true;
    }

    /** A letter in lower case; any other byte unchanged. */
    public static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    }

    private static byte[] tokens() {
        byte[] table = new byte[256];
        for (int c = '0'; c <= '9'; c++) {
            table[c] = (byte) c;
        }
        for (int c = 'a'; c <= 'z'; c++) {
            table[c] = (byte) c;
            table[c - 32] = (byte) c;
        }
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) {
            table[c] = (byte) c;
        }
        return table;
    }
}

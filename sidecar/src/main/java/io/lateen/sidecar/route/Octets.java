package io.lateen.sidecar.route;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A rule's text as it stands on the wire: heads are read with one character per octet (ISO 8859-1),
 * rules are written in any script and mean its UTF-8 octets.
 */
public final class Octets {

    private Octets() {}

    /** The octets of {@code text}, one character each, as heads give their values. */
    public static String asRead(String text) {
        return new String(bytes(text), StandardCharsets.ISO_8859_1);
    }

    /** The octets of {@code text}. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The octets of {@code text} with ASCII letters in lower case. */
    static byte[] lowerBytes(String text) {
        return bytes(text.toLowerCase(Locale.ROOT));
    }

    /** The octets of a text that was made of {@link #asRead} texts and of heads' values. */
    static byte[] written(String asRead) {
        return asRead.getBytes(StandardCharsets.ISO_8859_1);
    }
}

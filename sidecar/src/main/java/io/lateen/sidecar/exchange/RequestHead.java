package io.lateen.sidecar.exchange;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request, whichever protocol it came by: what routes match on and what is sent on.
 *
 * <p>Path and target are ranges over the head's bytes and compared there; a {@code String} is made
 * only when asked for. Edits are seen by later readers and by every attempt to send the request.
 * After the exchange has ended the head serves another request: keep nothing of it.
 */
public final class RequestHead {

    private final Fields fields = new Fields(2048);
    private String method = "";
    private String scheme = "http";
    private String authority = "";
    private int targetStart;
    private int targetEnd;
    private int pathEnd;
    private long bodyLength;
    private @Nullable String pathText;
    private @Nullable String originalTarget;

    /** Forgets the last request. */
    public void clear() {
        fields.clear();
        method = "";
        scheme = "http";
        authority = "";
        targetStart = 0;
        targetEnd = 0;
        pathEnd = 0;
        bodyLength = 0;
        pathText = null;
        originalTarget = null;
    }

    /** Becomes the same as another head, with bytes of its own. */
    public void copy(RequestHead other) {
        clear();
        int start = fields.append(other.target().getBytes(StandardCharsets.ISO_8859_1));
        fields.copyLines(other.fields);
        method = other.method;
        scheme = other.scheme;
        authority = other.authority;
        bodyLength = other.bodyLength;
        target(start, start + (other.targetEnd - other.targetStart));
    }

    /** The header lines. */
    public Fields fields() {
        return fields;
    }

    /** {@code GET}; one instance per standard method. */
    public String method() {
        return method;
    }

    /** {@code http} or {@code https}, lower case. */
    public String scheme() {
        return scheme;
    }

    /**
     * Host and port as the client sent them ({@code Host}, {@code :authority}, or the authority of
     * an absolute target). Requests that name the same authority mostly get the same instance.
     */
    public String authority() {
        return authority;
    }

    /** The target in origin form, query included, as it will be sent: {@code /a/b?c=d}. */
    public String target() {
        return fields.text(targetStart, targetEnd);
    }

    /** The target as the client sent it, before any rewrite. */
    public String originalTarget() {
        String original = originalTarget;
        return original != null ? original : target();
    }

    /** The target without its query. */
    public String path() {
        String text = pathText;
        if (text == null) {
            text = fields.text(targetStart, pathEnd);
            pathText = text;
        }
        return text;
    }

    /** What follows the question mark; null when there is none. */
    public @Nullable String query() {
        return pathEnd == targetEnd ? null : fields.text(pathEnd + 1, targetEnd);
    }

    /** Whether the path is exactly these bytes. */
    public boolean pathEquals(byte[] expected) {
        return Arrays.equals(fields.bytes(), targetStart, pathEnd, expected, 0, expected.length);
    }

    /** Whether the path begins with these bytes. */
    public boolean pathStartsWith(byte[] prefix) {
        int end = targetStart + prefix.length;
        return end <= pathEnd
                && Arrays.equals(fields.bytes(), targetStart, end, prefix, 0, prefix.length);
    }

    /** As {@link #pathEquals}; {@code lower} is in lower case and the path in any. */
    public boolean pathEqualsIgnoreCase(byte[] lower) {
        return Ascii.equalsIgnoreCase(lower, fields.bytes(), targetStart, pathEnd);
    }

    /** As {@link #pathStartsWith}; {@code lower} is in lower case and the path in any. */
    public boolean pathStartsWithIgnoreCase(byte[] lower) {
        return Ascii.startsWithIgnoreCase(lower, fields.bytes(), targetStart, pathEnd);
    }

    /** The array that {@link #pathStart} and {@link #pathEnd} refer to. */
    public byte[] bytes() {
        return fields.bytes();
    }

    /** Where the path (and the target) begins in {@link #bytes()}. */
    public int pathStart() {
        return targetStart;
    }

    /** Where the path ends (exclusive): at the question mark or at the target's end. */
    public int pathEnd() {
        return pathEnd;
    }

    /** Where the target ends (exclusive). */
    public int targetEnd() {
        return targetEnd;
    }

    /** Whether a header is there. */
    public boolean has(HeaderName name) {
        return fields.has(name);
    }

    /** A header's value, repeated ones joined with a comma; null when it is not there. */
    public @Nullable String header(HeaderName name) {
        return fields.value(name);
    }

    /** Whether a header has exactly this value. */
    public boolean headerEquals(HeaderName name, byte[] value) {
        return fields.valueEquals(name, value);
    }

    /** Whether a header's value begins with these bytes. */
    public boolean headerStartsWith(HeaderName name, byte[] prefix) {
        return fields.valueStartsWith(name, prefix);
    }

    /** Makes this the one value of a header. */
    public void set(HeaderName name, byte[] value) {
        fields.set(name, value);
    }

    /** Adds a line to a header. */
    public void add(HeaderName name, byte[] value) {
        fields.add(name, value);
    }

    /** Removes a header. */
    public void remove(HeaderName name) {
        fields.remove(name);
    }

    /**
     * Sends another target, in origin form with its query.
     *
     * @throws IllegalArgumentException when it holds what may not stand in a request line
     */
    public void rewriteTarget(byte[] target) {
        for (byte b : target) {
            if ((b <= ' ' && b >= 0) || b == 127) {
                throw new IllegalArgumentException(
                        "rewritten target: found a space or control character, expected none: "
                                + new String(target, StandardCharsets.ISO_8859_1)
                                        .replaceAll("\\p{Cntrl}", "?"));
            }
        }
        if (originalTarget == null) {
            originalTarget = target();
        }
        int at = fields.append(target.length == 0 ? new byte[] {'/'} : target);
        target(at, fields.length());
    }

    /** Sends another authority: the {@code Host} header or {@code :authority}. */
    public void rewriteAuthority(byte[] host) {
        authority = new String(host, StandardCharsets.ISO_8859_1);
        fields.set(HeaderName.HOST, host);
    }

    /** Body bytes to come: exact when not negative, 0 when there is none, -1 when unknown. */
    public long bodyLength() {
        return bodyLength;
    }

    /** Set by the scanner. */
    public void bodyLength(long bytes) {
        bodyLength = bytes;
    }

    /** Set by the scanner; standard methods as their constant. */
    public void method(String name) {
        method = name;
    }

    /** Set by the scanner, lower case. */
    public void scheme(String name) {
        scheme = name;
    }

    /** Set by the scanner, from a cache of strings where it can. */
    public void authority(String text) {
        authority = text;
    }

    /** Set by the scanner: the target in origin form as a range of {@link #bytes()}. */
    public void target(int start, int end) {
        targetStart = start;
        targetEnd = end;
        pathText = null;
        byte[] all = fields.bytes();
        int at = start;
        while (at < end && all[at] != '?') {
            at++;
        }
        pathEnd = at;
    }

    /** Writes the target as it stands. */
    public void writeTarget(ByteBuf out) {
        out.writeBytes(fields.bytes(), targetStart, targetEnd - targetStart);
    }

    /**
     * A head for tests and for requests of the sidecar's own: {@code GET http://authority/target}.
     */
    public static RequestHead of(String method, String authority, String target) {
        RequestHead head = new RequestHead();
        head.method(method);
        head.authority(authority);
        int start = head.fields.append(target.getBytes(StandardCharsets.ISO_8859_1));
        head.target(start, head.fields.length());
        head.fields.add(HeaderName.HOST, authority.getBytes(StandardCharsets.ISO_8859_1));
        return head;
    }
}

package io.lateen.sidecar.exchange;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The head of a response, whichever protocol it came by. As with {@link RequestHead}, edits are
 * seen by later readers, and nothing of it may be kept after the exchange.
 */
public final class ResponseHead {
    private final Fields fields = new Fields(1024);
    private int status;
    private int reasonStart;
    private int reasonEnd;
    private long bodyLength;

    /** Forgets the last response. */
    public void clear() {
        fields.clear();
        status = 0;
        reasonStart = 0;
        reasonEnd = 0;
        bodyLength = 0;
    }

    /** The header lines. */
    public Fields fields() {
        return fields;
    }

    /** 100 to 999. */
    public int status() {
        return status;
    }

    /** Set by the scanner, or by who answers. */
    public void status(int code) {
        status = code;
    }

    /** Set by the scanner: the reason phrase as a range of the head's bytes. */
    public void reason(int start, int end) {
        reasonStart = start;
        reasonEnd = end;
    }

    /** Whether it came with a reason phrase, be it an empty one: over HTTP/2 there is none. */
    public boolean hasReason() {
        return reasonEnd > 0;
    }

    /** Where the reason phrase begins in the fields' bytes. */
    public int reasonStart() {
        return reasonStart;
    }

    /** Where the reason phrase ends (exclusive). */
    public int reasonEnd() {
        return reasonEnd;
    }

    /** Body bytes to come: exact when not negative, 0 when there is none, -1 when unknown. */
    public long bodyLength() {
        return bodyLength;
    }

    /** Set by the scanner. */
    public void bodyLength(long bytes) {
        bodyLength = bytes;
    }

    /** Whether it may have a body and says nothing of where that ends. */
    public boolean hasNoLength() {
        return status >= 200
                && status != 204
                && status != 304
                && !fields.has(HeaderName.CONTENT_LENGTH)
                && !fields.has(HeaderName.TRANSFER_ENCODING);
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

    /** The bytes of a header value. */
    public static byte[] bytes(String value) {
        return value.getBytes(StandardCharsets.ISO_8859_1);
    }
}

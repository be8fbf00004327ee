package io.lateen.sidecar.http1;

import io.lateen.sidecar.exchange.Ascii;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;

/**
 * Scans the head of a message, once, into ranges over its own bytes (RFC 9112 §2 to §6).
 *
 * <p>Strict where others are lenient, because two readings of one head are an attack: lines end in
 * CRLF and nothing else, names are tokens right before their colon, no folding, no control
 * characters, one Host, one Content-Length or one {@code chunked}, never both. What a scan learned
 * beside the ranges stands in the getters until the next scan. One per event loop.
 */
public final class HeadScanner {
    /** The head is not complete yet. */
    public static final int INCOMPLETE = 0;

    /** The head is not valid: {@link #status()} and {@link #reason()} say why. */
    public static final int MALFORMED = -1;

    /** Largest head in bytes (Envoy's max_request_headers_kb). */
    public static final int MAX_HEAD_BYTES = 60 * 1024;

    /** Most header lines (Envoy's max_headers_count). */
    public static final int MAX_LINES = 100;

    private static final int MAX_METHOD = 32;
    private static final byte[] TOKEN = Ascii.TOKEN_LOWER;
    private static final byte[] CHUNKED = ResponseHead.bytes("chunked");
    private static final byte[] HUNDRED_CONTINUE = ResponseHead.bytes("100-continue");

    private final TargetScanner targets = new TargetScanner();
    private final ConnectionHeader connection = new ConnectionHeader();
    private int status;
    private String reason = "";
    private long contentLength;
    private boolean chunked;
    private boolean http10;

    /** What to answer to a malformed request. */
    public int status() {
        return status;
    }

    /** What was found and what was expected. */
    public String reason() {
        return reason;
    }

    /** What the message said in its {@code Connection} header. */
    ConnectionHeader connection() {
        return connection;
    }

    /** Whether the message is HTTP/1.0. */
    public boolean http10() {
        return http10;
    }

    /** Whether the body is chunked. */
    public boolean chunked() {
        return chunked;
    }

    /** The declared length of the body; -1 when none is declared. */
    public long contentLength() {
        return contentLength;
    }

    /**
     * Scans a request in {@code head.fields()}, from 0 to its length.
     *
     * @return where the body begins, {@link #INCOMPLETE} or {@link #MALFORMED}
     */
    public int scanRequest(RequestHead head) {
        Fields fields = head.fields();
        fields.clearMarks();
        byte[] b = fields.bytes();
        int end = fields.length();
        int i = 0;
        // RFC 9112 §2.2: an empty line before a request line is skipped, and only that.
        while (i < end && b[i] == '\r') {
            if (i + 1 >= end) {
                return INCOMPLETE;
            }
            if (b[i + 1] != '\n' || i >= 4) {
                return malformed(400, "a stray line break before the request line");
            }
            i += 2;
        }
        int methodStart = i;
        while (i < end && TOKEN[b[i] & 0xff] != 0) {
            i++;
        }
        if (i - methodStart > MAX_METHOD) {
            return malformed(501, "a method longer than " + MAX_METHOD + " bytes");
        }
        if (i >= end) {
            return INCOMPLETE;
        }
        if (b[i] != ' ' || i == methodStart) {
            return malformed(400, "the request line does not begin with a method and one space");
        }
        String method = Methods.name(b, methodStart, i);
        int target = ++i;
        while (i < end && (b[i] > ' ' || b[i] < 0) && b[i] != 127) {
            i++;
        }
        int targetEnd = i;
        // SP "HTTP/1.1" CRLF
        if (end - i < 11) {
            return i < end && b[i] != ' '
                    ? malformed(400, "a control character in the request line")
                    : INCOMPLETE;
        }
        if (b[i] != ' ' || targetEnd == target) {
            return malformed(400, "the request line is not: method, target, version");
        }
        int minor = version(b, i + 1);
        if (minor < 0) {
            return malformed(isHttp(b, i + 1) ? 505 : 400, "the version is not HTTP/1.1 or 1.0");
        }
        if (b[i + 9] != '\r' || b[i + 10] != '\n') {
            return malformed(400, "the request line does not end in CRLF after its version");
        }
        http10 = minor == 0;
        i = lines(fields, i + 11, end);
        if (i <= 0) {
            return i;
        }
        if (!framing(fields, true)) {
            return MALFORMED;
        }
        head.method(method);
        head.bodyLength(chunked ? -1 : Math.max(contentLength, 0));
        String fault = targets.scan(head, target, targetEnd, http10);
        return fault == null ? i : malformed(400, fault);
    }

    /**
     * Scans a response in {@code head.fields()}, from 0 to its length.
     *
     * @return where the body begins, {@link #INCOMPLETE} or {@link #MALFORMED}
     */
    public int scanResponse(ResponseHead head) {
        Fields fields = head.fields();
        fields.clearMarks();
        byte[] b = fields.bytes();
        int end = fields.length();
        if (end < 13) {
            return end > 0 && b[0] != 'H'
                    ? malformed(502, "it does not begin with HTTP/1.")
                    : INCOMPLETE;
        }
        int minor = version(b, 0);
        if (minor < 0 || b[8] != ' ') {
            return malformed(502, "it does not begin with HTTP/1.1 or HTTP/1.0 and one space");
        }
        int code = (b[9] - '0') * 100 + (b[10] - '0') * 10 + (b[11] - '0');
        if (notDigit(b[9]) || notDigit(b[10]) || notDigit(b[11]) || code < 100) {
            return malformed(502, "the status is not three digits");
        }
        int i = 12;
        if (b[i] != ' ' && b[i] != '\r') {
            return malformed(502, "the status is not followed by a space");
        }
        int reasonStart = b[i] == ' ' ? i + 1 : i;
        while (i < end && isText(b[i])) {
            i++;
        }
        if (i + 1 >= end) {
            return INCOMPLETE;
        }
        if (b[i] != '\r' || b[i + 1] != '\n') {
            return malformed(502, "the status line does not end in CRLF");
        }
        int reasonEnd = i;
        http10 = minor == 0;
        i = lines(fields, i + 2, end);
        if (i <= 0) {
            status = 502;
            return i;
        }
        if (!framing(fields, false)) {
            return MALFORMED;
        }
        head.status(code);
        head.reason(reasonStart, Math.max(reasonStart, reasonEnd));
        head.bodyLength(chunked ? -1 : contentLength);
        return i;
    }

    /**
     * Scans header lines up to and with the empty line.
     *
     * @return where it ends, {@link #INCOMPLETE} or {@link #MALFORMED}
     */
    int lines(Fields fields, int from, int end) {
        byte[] b = fields.bytes();
        int i = from;
        while (i < end) {
            byte c = b[i];
            if (c == '\r') {
                if (i + 1 >= end) {
                    return INCOMPLETE;
                }
                return b[i + 1] == '\n' ? i + 2 : malformed(400, "a CR that no LF follows");
            }
            int name = i;
            int hash = 0;
            byte lower;
            while ((lower = TOKEN[c & 0xff]) != 0) {
                hash = 31 * hash + lower;
                if (++i >= end) {
                    return INCOMPLETE;
                }
                c = b[i];
            }
            if (c != ':' || i == name) {
                return malformed(400, nameFault(c, i == name));
            }
            int nameEnd = i++;
            while (i < end && (b[i] == ' ' || b[i] == '\t')) {
                i++;
            }
            int value = i;
            while (i < end && isText(b[i])) {
                i++;
            }
            if (i + 1 >= end) {
                return INCOMPLETE;
            }
            if (b[i] != '\r' || b[i + 1] != '\n') {
                return malformed(400, "a bare CR, bare LF or control character in a header value");
            }
            int valueEnd = i;
            while (valueEnd > value && (b[valueEnd - 1] == ' ' || b[valueEnd - 1] == '\t')) {
                valueEnd--;
            }
            i += 2;
            HeaderName known = HeaderName.known(b, name, nameEnd, hash);
            fields.mark(name, nameEnd, value, valueEnd, i, hash, known == null ? -1 : known.bit());
            if (fields.count() > MAX_LINES) {
                return malformed(431, "more than " + MAX_LINES + " header lines");
            }
        }
        return INCOMPLETE;
    }

    /** Answers that a message is malformed: for the readers of bodies, which share the verdict. */
    int malformed(int code, String why) {
        status = code;
        reason = why;
        return MALFORMED;
    }

    // RFC 9112 §6: exactly one way to tell where the body ends, or none at all.
    private boolean framing(Fields fields, boolean request) {
        contentLength = -1;
        chunked = false;
        int code = request ? 400 : 502;
        int length = fields.find(HeaderName.CONTENT_LENGTH, 0);
        int coding = fields.find(HeaderName.TRANSFER_ENCODING, 0);
        if (coding >= 0) {
            if (length >= 0) {
                malformed(code, "both Content-Length and Transfer-Encoding");
                return false;
            }
            if (http10) {
                malformed(code, "Transfer-Encoding in an HTTP/1.0 message");
                return false;
            }
            if (fields.find(HeaderName.TRANSFER_ENCODING, coding + 1) >= 0
                    || !Ascii.equalsIgnoreCase(
                            CHUNKED,
                            fields.bytes(),
                            fields.valueStart(coding),
                            fields.valueEnd(coding))) {
                malformed(request ? 501 : 502, "a Transfer-Encoding that is not once 'chunked'");
                return false;
            }
            chunked = true;
        } else if (length >= 0) {
            contentLength =
                    digits(fields.bytes(), fields.valueStart(length), fields.valueEnd(length));
            if (contentLength < 0 || fields.find(HeaderName.CONTENT_LENGTH, length + 1) >= 0) {
                malformed(code, "a Content-Length that is not one number");
                return false;
            }
        }
        String fault = connection.scan(fields, http10);
        if (fault != null) {
            malformed(code, fault);
            return false;
        }
        if (request
                && fields.has(HeaderName.EXPECT)
                && !expectsContinue(fields, fields.find(HeaderName.EXPECT, 0))) {
            malformed(417, "an Expect that is not 100-continue");
            return false;
        }
        return true;
    }

    private static boolean expectsContinue(Fields fields, int index) {
        return Ascii.equalsIgnoreCase(
                HUNDRED_CONTINUE, fields.bytes(), fields.valueStart(index), fields.valueEnd(index));
    }

    private static String nameFault(byte found, boolean first) {
        if (found == ' ' || found == '\t') {
            return first
                    ? "a folded header line"
                    : "white space between a header's name and its colon";
        }
        return "a header line that does not begin with a name and a colon";
    }

    private static boolean isText(byte c) {
        return c >= ' ' ? c != 127 : c < 0 || c == '\t';
    }

    private static boolean notDigit(byte c) {
        return c < '0' || c > '9';
    }

    // 0 or 1 for HTTP/1.0 and HTTP/1.1, else -1.
    private static int version(byte[] b, int at) {
        return isHttp(b, at) && b[at + 5] == '1' && b[at + 6] == '.' && (b[at + 7] | 1) == '1'
                ? b[at + 7] - '0'
                : -1;
    }

    private static boolean isHttp(byte[] b, int at) {
        return b[at] == 'H'
                && b[at + 1] == 'T'
                && b[at + 2] == 'T'
                && b[at + 3] == 'P'
                && b[at + 4] == '/';
    }

    // Eighteen digits fit a long; no sign, no list, no white space inside.
    private static long digits(byte[] b, int from, int to) {
        if (from == to || to - from > 18) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            if (notDigit(b[i])) {
                return -1;
            }
            value = value * 10 + (b[i] - '0');
        }
        return value;
    }
}

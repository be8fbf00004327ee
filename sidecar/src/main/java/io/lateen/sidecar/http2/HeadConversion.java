package io.lateen.sidecar.http2;

import io.lateen.sidecar.exchange.Ascii;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.Trailers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Heads between HTTP/2's header lists and our ranges of bytes (RFC 9113 §8). What could be read
 * differently on the other side of a conversion to HTTP/1.1 is refused.
 */
final class HeadConversion {
    private static final int MAX_LINES = 100;
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] COLON = {':', ' '};

    private HeadConversion() {}

    /** Fills a request's head; says what is wrong with the headers, if anything. */
    static @Nullable String request(Http2Headers headers, RequestHead head, boolean end) {
        HeaderList from = list(headers);
        AsciiString method = from.method();
        AsciiString path = from.path();
        AsciiString scheme = from.scheme();
        if (method == null || path == null || scheme == null) {
            return "a request without :method, :path or :scheme";
        }
        if (method.contentEquals("CONNECT")) {
            return "CONNECT is not served over HTTP/2";
        }
        if (!isTarget(path) || !isToken(method)) {
            return "a :path that is not a path, or a :method that is not a token";
        }
        Fields fields = head.fields();
        int start = append(fields, path);
        int targetEnd = fields.length();
        head.method(interned(method.toString()));
        head.scheme(scheme.contentEqualsIgnoreCase("https") ? "https" : "http");
        head.target(start, targetEnd);
        AsciiString authority = from.authority();
        CharSequence host = from.get(HOST);
        if (authority == null) {
            authority = host == null ? null : AsciiString.of(host);
        } else if (host != null && !authority.contentEqualsIgnoreCase(host)) {
            return "a Host that differs from :authority";
        }
        if (authority == null || !isAuthority(authority)) {
            return "an :authority that is not a name or address with an optional port";
        }
        head.authority(authority.toString());
        line(fields, HOST, authority);
        String fault = lines(from, fields);
        if (fault != null) {
            return fault;
        }
        long length = contentLength(fields);
        if (length == BAD_LENGTH) {
            return "a content-length that is not one number";
        }
        head.bodyLength(end ? 0 : length);
        return null;
    }

    /** Fills a response's head; says what is wrong with the headers, if anything. */
    static @Nullable String response(Http2Headers headers, ResponseHead head, boolean end) {
        HeaderList from = list(headers);
        CharSequence status = from.status();
        if (status == null || status.length() != 3) {
            return "a response without a :status of three digits";
        }
        int code = 0;
        for (int i = 0; i < 3; i++) {
            int digit = status.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return "a response without a :status of three digits";
            }
            code = code * 10 + digit;
        }
        head.status(code);
        String fault = lines(from, head.fields());
        if (fault != null) {
            return fault;
        }
        long length = contentLength(head.fields());
        if (length == BAD_LENGTH) {
            return "a content-length that is not one number";
        }
        head.bodyLength(end ? 0 : length);
        return null;
    }

    /** Fills trailers; says what is wrong with them, if anything. */
    static @Nullable String trailers(Http2Headers from, Fields fields) {
        HeaderList list = list(from);
        if (list.get(HOST) != null) {
            return "a trailer that may not be one: host";
        }
        String fault = lines(list, fields);
        HeaderName forbidden = fault == null ? Trailers.forbidden(fields) : null;
        return forbidden == null ? fault : "a trailer that may not be one: " + forbidden;
    }

    // What comes over the wire is one already.
    private static HeaderList list(Http2Headers headers) {
        if (headers instanceof HeaderList list) {
            return list;
        }
        HeaderList list = new HeaderList(headers.size());
        for (Map.Entry<CharSequence, CharSequence> each : headers) {
            var _ = list.add(each.getKey(), each.getValue());
        }
        return list;
    }

    /** A request's header list. */
    static Http2Headers request(RequestHead head) {
        HeaderList to = new HeaderList(head.fields().count());
        var _ = to.method(head.method());
        var _ = to.scheme(head.scheme());
        var _ = to.authority(head.authority());
        var _ = to.path(head.target());
        copy(head.fields(), to);
        return to;
    }

    /** A response's header list. */
    static Http2Headers response(ResponseHead head) {
        HeaderList to = new HeaderList(head.fields().count());
        var _ = to.status(Integer.toString(head.status()));
        copy(head.fields(), to);
        return to;
    }

    /** Trailers as a header list. */
    static Http2Headers trailers(Fields fields) {
        HeaderList to = new HeaderList(fields.count());
        copy(fields, to);
        return to;
    }

    private static final AsciiString HOST = AsciiString.cached("host");
    private static final AsciiString COOKIE = AsciiString.cached("cookie");
    private static final boolean[] AUTHORITY = authorityCharacters();
    private static final long BAD_LENGTH = Long.MIN_VALUE;

    // RFC 9113 §8.2.2: what speaks of an HTTP/1.1 connection has no place here. By bit.
    private static final boolean[] CONNECTION_SPECIFIC = new boolean[Long.SIZE];

    // The well-known names as HPACK knows them, their hash computed once. By bit.
    private static final AsciiString[] NAMES = new AsciiString[Long.SIZE];

    static {
        for (HeaderName name : HeaderName.wellKnown()) {
            NAMES[name.bit()] = AsciiString.cached(name.text());
        }
        for (HeaderName name :
                List.of(
                        HeaderName.HOST,
                        HeaderName.CONNECTION,
                        HeaderName.TRANSFER_ENCODING,
                        HeaderName.KEEP_ALIVE,
                        HeaderName.PROXY_CONNECTION,
                        HeaderName.UPGRADE)) {
            CONNECTION_SPECIFIC[name.bit()] = true;
        }
    }

    private static void copy(Fields from, HeaderList to) {
        byte[] b = from.bytes();
        for (int i = 0; i < from.count(); i++) {
            if (!from.isLive(i)) {
                continue;
            }
            HeaderName known = from.known(i);
            if (known == null) {
                byte[] name = new byte[from.nameEnd(i) - from.nameStart(i)];
                for (int j = 0; j < name.length; j++) {
                    name[j] = Ascii.lower(b[from.nameStart(i) + j]);
                }
                to.append(new AsciiString(name, false), value(from, i));
            } else if (!CONNECTION_SPECIFIC[known.bit()]) {
                to.append(NAMES[known.bit()], value(from, i));
            }
        }
    }

    // A copy: HPACK's table keeps it.
    private static AsciiString value(Fields from, int index) {
        int start = from.valueStart(index);
        return new AsciiString(from.bytes(), start, from.valueEnd(index) - start, true);
    }

    private static @Nullable String lines(HeaderList from, Fields fields) {
        if (from.size() > MAX_LINES) {
            return "more than " + MAX_LINES + " headers";
        }
        StringBuilder cookies = null;
        for (int i = 0; i < from.count(); i++) {
            AsciiString name = from.name(i);
            AsciiString value = from.value(i);
            if (!isText(value)) {
                return "a header whose value holds what it may not";
            }
            if (name.length() == HOST.length() && name.contentEquals(HOST)) {
                continue;
            }
            if (name.length() == COOKIE.length() && name.contentEquals(COOKIE)) {
                // RFC 9113 §8.2.3: crumbs become one cookie again.
                cookies =
                        cookies == null
                                ? new StringBuilder(value)
                                : cookies.append("; ").append(value);
                continue;
            }
            line(fields, name, value);
        }
        if (cookies != null) {
            line(fields, COOKIE, AsciiString.of(cookies));
        }
        return null;
    }

    private static void line(Fields fields, AsciiString name, AsciiString value) {
        fields.ensureRoom(name.length() + value.length() + COLON.length + CRLF.length);
        int start = append(fields, name);
        int nameEnd = fields.length();
        byte[] b = fields.bytes();
        int hash = 0;
        for (int i = start; i < nameEnd; i++) {
            hash = 31 * hash + b[i];
        }
        fields.append(COLON);
        int from = append(fields, value);
        int to = fields.length();
        fields.append(CRLF);
        HeaderName known = HeaderName.known(b, start, nameEnd, hash);
        fields.mark(
                start, nameEnd, from, to, fields.length(), hash, known == null ? -1 : known.bit());
    }

    private static int append(Fields fields, AsciiString text) {
        fields.ensureRoom(text.length());
        int at = fields.length();
        System.arraycopy(text.array(), text.arrayOffset(), fields.bytes(), at, text.length());
        fields.length(at + text.length());
        return at;
    }

    // -1 when there is none.
    private static long contentLength(Fields fields) {
        int index = fields.find(HeaderName.CONTENT_LENGTH, 0);
        if (index < 0) {
            return -1;
        }
        int from = fields.valueStart(index);
        int to = fields.valueEnd(index);
        if (fields.find(HeaderName.CONTENT_LENGTH, index + 1) >= 0
                || from == to
                || to - from > 18) {
            return BAD_LENGTH;
        }
        long length = 0;
        for (int i = from; i < to; i++) {
            int digit = fields.bytes()[i] - '0';
            if (digit < 0 || digit > 9) {
                return BAD_LENGTH;
            }
            length = length * 10 + digit;
        }
        return length;
    }

    private static boolean isTarget(AsciiString path) {
        byte[] b = path.array();
        int from = path.arrayOffset();
        int end = from + path.length();
        if (from == end || (b[from] != '/' && !path.contentEquals("*"))) {
            return false;
        }
        for (int i = from; i < end; i++) {
            byte c = b[i];
            if ((c >= 0 && c <= ' ') || c == 127 || c == '#') {
                return false;
            }
        }
        return true;
    }

    // As for HTTP/1.1's Host: anything that could be read as more than a name is refused.
    private static boolean isAuthority(AsciiString authority) {
        byte[] b = authority.array();
        int end = authority.arrayOffset() + authority.length();
        for (int i = authority.arrayOffset(); i < end; i++) {
            if (b[i] < 0 || !AUTHORITY[b[i]]) {
                return false;
            }
        }
        return authority.length() > 0 && authority.length() <= 261;
    }

    private static boolean isToken(AsciiString name) {
        byte[] b = name.array();
        int end = name.arrayOffset() + name.length();
        for (int i = name.arrayOffset(); i < end; i++) {
            if (b[i] < 0 || Ascii.TOKEN_LOWER[b[i]] == 0) {
                return false;
            }
        }
        return name.length() > 0;
    }

    private static boolean isText(AsciiString value) {
        byte[] b = value.array();
        int end = value.arrayOffset() + value.length();
        for (int i = value.arrayOffset(); i < end; i++) {
            byte c = b[i];
            if ((c >= 0 && c < ' ' && c != '\t') || c == 127) {
                return false;
            }
        }
        return true;
    }

    private static boolean[] authorityCharacters() {
        boolean[] fine = new boolean[128];
        for (char c = 0; c < fine.length; c++) {
            fine[c] =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || "-._~%:[]*".indexOf(c) >= 0;
        }
        return fine;
    }

    private static String interned(String method) {
        return switch (method) {
            case "GET" -> "GET";
            case "POST" -> "POST";
            case "PUT" -> "PUT";
            case "HEAD" -> "HEAD";
            case "DELETE" -> "DELETE";
            case "PATCH" -> "PATCH";
            case "OPTIONS" -> "OPTIONS";
            default -> method;
        };
    }
}

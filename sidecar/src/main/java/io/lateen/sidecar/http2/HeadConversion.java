package io.lateen.sidecar.http2;

import io.lateen.sidecar.exchange.Ascii;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
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
    static @Nullable String request(Http2Headers from, RequestHead head, boolean end) {
        CharSequence method = from.method();
        CharSequence path = from.path();
        CharSequence scheme = from.scheme();
        if (method == null || path == null || scheme == null) {
            return "a request without :method, :path or :scheme";
        }
        if (method.toString().equals("CONNECT")) {
            return "CONNECT is not served over HTTP/2";
        }
        if (!isTarget(path) || !isToken(method)) {
            return "a :path that is not a path, or a :method that is not a token";
        }
        Fields fields = head.fields();
        int start = append(fields, path);
        int targetEnd = fields.length();
        head.method(interned(method.toString()));
        head.scheme(scheme.toString().equalsIgnoreCase("https") ? "https" : "http");
        head.target(start, targetEnd);
        CharSequence authority = from.authority();
        CharSequence host = from.get(HOST);
        if (authority == null) {
            authority = host;
        } else if (host != null && !AsciiString.contentEqualsIgnoreCase(authority, host)) {
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
    static @Nullable String response(Http2Headers from, ResponseHead head, boolean end) {
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
        return lines(from, fields);
    }

    /** A request's header list. */
    static Http2Headers request(RequestHead head) {
        Http2Headers to = new DefaultHttp2Headers(false, head.fields().count() + 6);
        to.method(head.method());
        to.scheme(head.scheme());
        to.authority(head.authority());
        to.path(head.target());
        copy(head.fields(), to);
        return to;
    }

    /** A response's header list. */
    static Http2Headers response(ResponseHead head) {
        Http2Headers to = new DefaultHttp2Headers(false, head.fields().count() + 2);
        to.status(Integer.toString(head.status()));
        copy(head.fields(), to);
        return to;
    }

    /** Trailers as a header list. */
    static Http2Headers trailers(Fields fields) {
        Http2Headers to = new DefaultHttp2Headers(false, fields.count());
        copy(fields, to);
        return to;
    }

    private static final AsciiString HOST = AsciiString.cached("host");
    private static final AsciiString COOKIE = AsciiString.cached("cookie");
    private static final long BAD_LENGTH = Long.MIN_VALUE;

    // RFC 9113 §8.2.2: what speaks of an HTTP/1.1 connection has no place here.
    private static final HeaderName[] CONNECTION_SPECIFIC = {
        HeaderName.HOST,
        HeaderName.CONNECTION,
        HeaderName.TRANSFER_ENCODING,
        HeaderName.KEEP_ALIVE,
        HeaderName.PROXY_CONNECTION,
        HeaderName.UPGRADE
    };

    private static void copy(Fields from, Http2Headers to) {
        for (int i = 0; i < from.count(); i++) {
            if (from.isLive(i) && !isConnectionSpecific(from, i)) {
                byte[] b = from.bytes();
                byte[] name = new byte[from.nameEnd(i) - from.nameStart(i)];
                for (int j = 0; j < name.length; j++) {
                    name[j] = Ascii.lower(b[from.nameStart(i) + j]);
                }
                to.add(
                        new AsciiString(name, false),
                        new AsciiString(
                                b,
                                from.valueStart(i),
                                from.valueEnd(i) - from.valueStart(i),
                                true));
            }
        }
    }

    private static boolean isConnectionSpecific(Fields fields, int index) {
        for (HeaderName name : CONNECTION_SPECIFIC) {
            if (name.matches(fields.bytes(), fields.nameStart(index), fields.nameEnd(index))) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String lines(Http2Headers from, Fields fields) {
        if (from.size() > MAX_LINES) {
            return "more than " + MAX_LINES + " headers";
        }
        StringBuilder cookies = null;
        for (Map.Entry<CharSequence, CharSequence> each : from) {
            CharSequence name = each.getKey();
            CharSequence value = each.getValue();
            if (name.length() == 0
                    || name.charAt(0) == ':'
                    || AsciiString.contentEquals(name, HOST)) {
                continue;
            }
            if (!isToken(name) || !isText(value)) {
                return "a header whose name or value holds what it may not";
            }
            if (AsciiString.contentEquals(name, COOKIE)) {
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
            line(fields, COOKIE, cookies);
        }
        return null;
    }

    private static void line(Fields fields, CharSequence name, CharSequence value) {
        int start = append(fields, name);
        int nameEnd = fields.length();
        int hash = 0;
        for (int i = start; i < nameEnd; i++) {
            hash = 31 * hash + fields.bytes()[i];
        }
        fields.append(COLON);
        int from = append(fields, value);
        int to = fields.length();
        fields.append(CRLF);
        HeaderName known = HeaderName.known(fields.bytes(), start, nameEnd, hash);
        fields.mark(
                start, nameEnd, from, to, fields.length(), hash, known == null ? -1 : known.bit());
    }

    private static int append(Fields fields, CharSequence text) {
        fields.ensureRoom(text.length());
        int at = fields.length();
        byte[] b = fields.bytes();
        for (int i = 0; i < text.length(); i++) {
            b[at + i] = (byte) text.charAt(i);
        }
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

    private static boolean isTarget(CharSequence path) {
        if (path.length() == 0 || (path.charAt(0) != '/' && !path.toString().equals("*"))) {
            return false;
        }
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c <= ' ' || c == 127 || c == '#' || c > 255) {
                return false;
            }
        }
        return true;
    }

    // As for HTTP/1.1's Host: anything that could be read as more than a name is refused.
    private static boolean isAuthority(CharSequence authority) {
        for (int i = 0; i < authority.length(); i++) {
            char c = authority.charAt(i);
            boolean fine =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || "-._~%:[]*".indexOf(c) >= 0;
            if (!fine) {
                return false;
            }
        }
        return authority.length() > 0 && authority.length() <= 261;
    }

    private static boolean isToken(CharSequence name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 127 || Ascii.TOKEN_LOWER[c] == 0) {
                return false;
            }
        }
        return name.length() > 0;
    }

    private static boolean isText(CharSequence value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 127 || c > 255) {
                return false;
            }
        }
        return true;
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

package io.lateen.sidecar.http1;

import io.lateen.sidecar.exchange.Ascii;
import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The request target in its four forms (RFC 9112 §3.2), and the authority that belongs to it.
 *
 * <p>Keeps the text of the last authority, so that a connection that keeps asking the same host
 * gets the same instance and no lookup hashes it twice.
 */
final class TargetScanner {
    private static final byte[] HTTP = ResponseHead.bytes("http://");
    private static final byte[] HTTPS = ResponseHead.bytes("https://");

    private String last = "";

    /** Sets scheme, authority and target of a head; says what is wrong with them, if anything. */
    @Nullable String scan(RequestHead head, int from, int to, boolean http10) {
        Fields fields = head.fields();
        byte[] b = fields.bytes();
        for (int i = from; i < to; i++) {
            if (b[i] == '#') {
                return "a fragment in the request target";
            }
        }
        int host = fields.find(HeaderName.HOST, 0);
        if (host >= 0) {
            if (fields.find(HeaderName.HOST, host + 1) >= 0) {
                return "more than one Host header";
            }
            if (!isAuthority(b, fields.valueStart(host), fields.valueEnd(host))) {
                return "a Host that is not a name or address with an optional port";
            }
            head.authority(text(b, fields.valueStart(host), fields.valueEnd(host)));
        } else if (!http10) {
            return "no Host header";
        }
        if (head.method().equals("CONNECT")) {
            return connect(head, from, to);
        }
        if (b[from] == '/') {
            head.target(from, to);
            return null;
        }
        if (b[from] == '*' && to - from == 1 && head.method().equals("OPTIONS")) {
            head.target(from, to);
            return null;
        }
        return absolute(head, from, to, host);
    }

    private @Nullable String connect(RequestHead head, int from, int to) {
        byte[] b = head.bytes();
        int colon = to - 1;
        while (colon > from && b[colon] != ':') {
            colon--;
        }
        if (colon == from || colon == to - 1 || !isAuthority(b, from, to)) {
            return "a CONNECT target that is not host:port";
        }
        head.authority(text(b, from, to));
        head.target(from, to);
        return null;
    }

    private @Nullable String absolute(RequestHead head, int from, int to, int host) {
        byte[] b = head.bytes();
        boolean https = Ascii.startsWithIgnoreCase(HTTPS, b, from, to);
        if (!https && !Ascii.startsWithIgnoreCase(HTTP, b, from, to)) {
            return "a request target that is neither a path nor an http address";
        }
        int start = from + (https ? HTTPS.length : HTTP.length);
        int end = start;
        while (end < to && b[end] != '/' && b[end] != '?') {
            end++;
        }
        if (start == end || !isAuthority(b, start, end)) {
            return "a request target whose host is not a name or address with an optional port";
        }
        String authority = text(b, start, end);
        if (host >= 0 && !same(authority, head.authority(), https ? ":443" : ":80")) {
            return "a Host that differs from the request target's";
        }
        head.scheme(https ? "https" : "http");
        head.authority(authority);
        if (end < to && b[end] == '/') {
            head.target(end, to);
        } else {
            // "http://host" and "http://host?q" have an empty path: origin form needs the slash.
            Fields fields = head.fields();
            byte[] rest = new byte[to - end + 1];
            rest[0] = '/';
            System.arraycopy(b, end, rest, 1, to - end);
            int at = fields.append(rest);
            head.target(at, at + rest.length);
        }
        return null;
    }

    // The same instance for the same text as before: lookups by it then hash nothing anew.
    private String text(byte[] b, int from, int to) {
        if (!equal(last, b, from, to)) {
            last = new String(b, from, to - from, StandardCharsets.ISO_8859_1);
        }
        return last;
    }

    private static boolean equal(String text, byte[] b, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != (b[from + i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(String target, String host, String defaultPort) {
        return strip(target, defaultPort).equalsIgnoreCase(strip(host, defaultPort));
    }

    private static String strip(String authority, String suffix) {
        return authority.endsWith(suffix)
                ? authority.substring(0, authority.length() - suffix.length())
                : authority;
    }

    /** RFC 3986 §3.2 without user information: a name, an IPv4 or a bracketed IPv6, and a port. */
    static boolean isAuthority(byte[] b, int from, int to) {
        if (from == to || to - from > 255 + 6) {
            return false;
        }
        int i = from;
        if (b[i] == '[') {
            i++;
            while (i < to && b[i] != ']') {
                byte c = b[i++];
                if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
                    return false;
                }
            }
            if (i == to || i == from + 1) {
                return false;
            }
            i++;
        } else {
            while (i < to && isNameByte(b[i])) {
                i++;
            }
            if (i == from) {
                return false;
            }
        }
        if (i == to) {
            return true;
        }
        if (b[i] != ':' || to - i > 6) {
            return false;
        }
        int port = 0;
        for (i++; i < to; i++) {
            if (b[i] < '0' || b[i] > '9') {
                return false;
            }
            port = port * 10 + (b[i] - '0');
        }
        return port <= 65535;
    }

    private static boolean isNameByte(byte c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~'
                || c == '*'
                || c == '%';
    }
}

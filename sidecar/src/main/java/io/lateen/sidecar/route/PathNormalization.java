package io.lateen.sidecar.route;

import io.lateen.sidecar.exchange.RequestHead;

/**
 * One spelling for each path, so that no rule is evaded by another one: percent-encoded unreserved
 * characters are decoded, backslashes become slashes, dot segments are resolved and a fragment is
 * cut off. Istio's mode BASE (Envoy's {@code normalize_path}, RFC 3986 §6.2.2): {@code %2f} and
 * repeated slashes stay as they are.
 */
public final class PathNormalization {

    private PathNormalization() {}

    /** Rewrites the target of {@code head} if its path has another spelling. */
    public static void apply(RequestHead head) {
        if (!mayChange(head.bytes(), head.pathStart(), head.pathEnd())) {
            return;
        }
        String path = head.path();
        String normalized = normalize(path);
        if (!normalized.equals(path)) {
            String query = head.query();
            head.rewriteTarget(
                    Octets.written(query == null ? normalized : normalized + '?' + query));
        }
    }

    /** Most paths have nothing to change: they are told by one look at their bytes. */
    private static boolean mayChange(byte[] bytes, int start, int end) {
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (b == '%'
                    || b == '\\'
                    || b == '#'
                    || (b == '.' && i > start && bytes[i - 1] == '/')) {
                return true;
            }
        }
        return false;
    }

    static String normalize(String path) {
        int fragment = path.indexOf('#');
        String decoded = decodeUnreserved(fragment < 0 ? path : path.substring(0, fragment));
        return decoded.startsWith("/") || decoded.startsWith("\\")
                ? resolveDots(decoded.replace('\\', '/'))
                : decoded;
    }

    private static String decodeUnreserved(String path) {
        StringBuilder decoded = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            int value =
                    c == '%' && i + 2 < path.length()
                            ? hex(path.charAt(i + 1)) * 16 + hex(path.charAt(i + 2))
                            : -1;
            if (value >= 0 && isUnreserved((char) value)) {
                decoded.append((char) value);
                i += 2;
            } else {
                decoded.append(c);
            }
        }
        return decoded.toString();
    }

    /** Negative enough for any sum with it to be negative, when it is no digit. */
    private static int hex(char c) {
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        return digit < 0 ? -1_000 : digit;
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    /** An empty segment is one like any other: {@code /a//../b} is {@code /a/b}. */
    private static String resolveDots(String path) {
        StringBuilder resolved = new StringBuilder(path.length());
        int at = 0;
        while (at < path.length()) {
            int next = path.indexOf('/', at + 1);
            int end = next < 0 ? path.length() : next;
            String segment = path.substring(at + 1, end);
            boolean last = next < 0;
            if (segment.equals("..")) {
                resolved.setLength(Math.max(0, resolved.lastIndexOf("/")));
                resolved.append(last ? "/" : "");
            } else if (segment.equals(".")) {
                resolved.append(last ? "/" : "");
            } else {
                resolved.append('/').append(segment);
            }
            at = end;
        }
        return resolved.isEmpty() ? "/" : resolved.toString();
    }
}

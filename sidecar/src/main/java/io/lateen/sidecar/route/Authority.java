package io.lateen.sidecar.route;

/**
 * Host and port of an authority ({@code reviews:9080}, {@code [::1]:80}).
 *
 * @param host as written, an IPv6 address with its brackets
 * @param port -1 when none is named or what is named is no port
 */
public record Authority(String host, int port) {

    /** Splits an authority; never fails, so that a strange one matches nothing instead. */
    public static Authority parse(String authority) {
        int colon = portColon(authority);
        return colon < 0
                ? new Authority(authority, -1)
                : new Authority(authority.substring(0, colon), digits(authority, colon + 1));
    }

    /** The authority without its port; the same instance when it has none. */
    static String withoutPort(String authority) {
        int colon = portColon(authority);
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    /** Where the port's colon is: the last one, unless it belongs to an IPv6 address. */
    private static int portColon(String authority) {
        int colon = authority.lastIndexOf(':');
        if (colon < 0 || authority.indexOf(']', colon) >= 0) {
            return -1;
        }
        boolean bareIpv6 = authority.indexOf(':') != colon && authority.charAt(0) != '[';
        return bareIpv6 ? -1 : colon;
    }

    private static int digits(String text, int from) {
        int value = 0;
        int length = text.length() - from;
        if (length < 1 || length > 5) {
            return -1;
        }
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value > 65535 ? -1 : value;
    }
}

package io.lateen.sidecar.upstream;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Addresses as text and from text. */
public final class Addresses {
    private Addresses() {}

    /** {@code 127.0.1.3:9080}. */
    public static String text(@Nullable SocketAddress address) {
        if (address instanceof InetSocketAddress inet) {
            return inet.isUnresolved()
                    ? inet.getHostString() + ':' + inet.getPort()
                    : inet.getAddress().getHostAddress() + ':' + inet.getPort();
        }
        return String.valueOf(address);
    }

    /** The port of a socket; 0 when it has none. */
    public static int port(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress inet ? inet.getPort() : 0;
    }

    /** Host and port of an authority, unresolved; {@code [::1]:80} loses its brackets. */
    public static InetSocketAddress parse(String authority, int defaultPort) {
        int colon = authority.lastIndexOf(':');
        int bracket = authority.lastIndexOf(']');
        boolean withPort = colon > bracket && authority.indexOf(':') <= colon && colon >= 0;
        String host = withPort ? authority.substring(0, colon) : authority;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = withPort ? Integer.parseInt(authority, colon + 1, authority.length(), 10) : -1;
        return InetSocketAddress.createUnresolved(host, port < 0 ? defaultPort : port);
    }
}

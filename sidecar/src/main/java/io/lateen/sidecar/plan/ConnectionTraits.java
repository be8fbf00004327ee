package io.lateen.sidecar.plan;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a client's connection before anything of it is passed on: by this its filter
 * chain is chosen.
 *
 * @param port where it wanted to go
 * @param address where it wanted to go; null where it named a host
 * @param tls whether it began with a TLS handshake
 * @param serverName the name that the handshake asked for (SNI), lower case; empty for none
 * @param applicationProtocols what the handshake offered in ALPN, in its order
 */
public record ConnectionTraits(
        int port,
        @Nullable InetAddress address,
        boolean tls,
        String serverName,
        List<String> applicationProtocols) {

    public ConnectionTraits {
        applicationProtocols = List.copyOf(applicationProtocols);
    }

    /** A connection that named no address. */
    public ConnectionTraits(
            int port, boolean tls, String serverName, List<String> applicationProtocols) {
        this(port, null, tls, serverName, applicationProtocols);
    }

    /** A connection that began with anything but a handshake. */
    public static ConnectionTraits plain(int port, @Nullable InetAddress address) {
        return new ConnectionTraits(port, address, false, "", List.of());
    }
}

package io.lateen.sidecar.plan;

import java.util.List;

/**
 * What is known of a client's connection before anything of it is passed on: by this its filter
 * chain is chosen.
 *
 * @param port where it wanted to go
 * @param tls whether it began with a TLS handshake
 * @param serverName the name that the handshake asked for (SNI), lower case; empty for none
 * @param applicationProtocols what the handshake offered in ALPN, in its order
 */
public record ConnectionTraits(
        int port, boolean tls, String serverName, List<String> applicationProtocols) {

    public ConnectionTraits {
        applicationProtocols = List.copyOf(applicationProtocols);
    }

    /** A connection that began with anything but a handshake. */
    public static ConnectionTraits plain(int port) {
        return new ConnectionTraits(port, false, "", List.of());
    }
}

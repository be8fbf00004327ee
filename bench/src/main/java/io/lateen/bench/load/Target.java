package io.lateen.bench.load;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where requests go.
 *
 * @param address what the load generator connects to
 * @param authority the Host header: the name of the service that is asked for
 * @param encryption how it is spoken to; empty for plain text
 */
public record Target(InetSocketAddress address, String authority, Optional<Encryption> encryption) {

    /** Spoken to in plain text. */
    public Target(InetSocketAddress address, String authority) {
        this(address, authority, Optional.empty());
    }

    /** The same in TLS. */
    public Target in(Encryption by) {
        return new Target(address, authority, Optional.of(by));
    }

    /** {@code http://127.77.0.11:8080} with {@code path} behind it. */
    String url(String path) {
        return (encryption.isPresent() ? "https://" : "http://")
                + address.getAddress().getHostAddress()
                + ":"
                + address.getPort()
                + path;
    }
}

package io.lateen.manager.distribution;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the way to the proxies, each as {@code --lateen.<name>}.
 *
 * @param xdsAddress where proxies connect
 * @param xdsPort for proxies without certificates, in plaintext: served on a loopback address
 *     alone; 0 to 65535; 0 takes a free one
 * @param xdsTlsPort for proxies with certificates: mutual TLS, served when there is a certificate
 *     authority; 0 to 65535; 0 takes a free one
 * @param servicesFile a file of services and endpoints, read again when it changes; none if not
 *     given
 */
@ConfigurationProperties("lateen")
public record DistributionSettings(
        @DefaultValue("127.0.0.1") String xdsAddress,
        @DefaultValue("15010") int xdsPort,
        @DefaultValue("15012") int xdsTlsPort,
        @DefaultValue Xds xds,
        @Nullable Path servicesFile) {

    private static final int HIGHEST_PORT = 65_535;

    /**
     * What is served.
     *
     * @param plaintext {@code --lateen.xds.plaintext}: whether {@code xdsPort} is
     */
    public record Xds(@DefaultValue("true") boolean plaintext) {}

    /** Checks the ports, and that nothing is served in plaintext where others can listen. */
    public DistributionSettings {
        requirePort("xds-port", xdsPort);
        requirePort("xds-tls-port", xdsTlsPort);
        if (xds.plaintext() && !isLoopback(xdsAddress)) {
            throw new IllegalArgumentException(
                    "lateen.xds-address: found "
                            + xdsAddress
                            + ", expected a loopback address, because nothing is encrypted on"
                            + " xds-port; give lateen.identity.ca-address and set"
                            + " lateen.xds.plaintext=false");
        }
    }

    InetSocketAddress plaintext() {
        return new InetSocketAddress(xdsAddress, xdsPort);
    }

    InetSocketAddress tls() {
        return new InetSocketAddress(xdsAddress, xdsTlsPort);
    }

    private static boolean isLoopback(String address) {
        InetSocketAddress resolved = new InetSocketAddress(address, 0);
        // One that does not resolve is told of when it is listened on.
        return resolved.isUnresolved() || resolved.getAddress().isLoopbackAddress();
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    "lateen." + name + ": found " + port + ", expected 0 to " + HIGHEST_PORT);
        }
    }
}

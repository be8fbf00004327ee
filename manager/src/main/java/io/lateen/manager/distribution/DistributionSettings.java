package io.lateen.manager.distribution;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the way to the proxies, each as {@code --lateen.<name>}.
 *
 * @param xdsAddress where proxies connect, without TLS: keep it on loopback
 * @param xdsPort 0 to 65535; 0 takes a free one
 * @param servicesFile a file of services and endpoints, read again when it changes; none if not
 *     given
 */
@ConfigurationProperties("lateen")
public record DistributionSettings(
        @DefaultValue("127.0.0.1") String xdsAddress,
        @DefaultValue("15010") int xdsPort,
        @Nullable Path servicesFile) {

    private static final int HIGHEST_PORT = 65_535;

    public DistributionSettings {
        if (xdsPort < 0 || xdsPort > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    "lateen.xds-port: found " + xdsPort + ", expected 0 to " + HIGHEST_PORT);
        }
    }

    InetSocketAddress xds() {
        return new InetSocketAddress(xdsAddress, xdsPort);
    }
}

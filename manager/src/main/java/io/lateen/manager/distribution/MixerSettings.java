package io.lateen.manager.distribution;

import io.lateen.manager.translate.TranslationSettings;
import io.lateen.manager.translate.cluster.MixerAddress;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where proxies report to and ask about quota, each as {@code --lateen.mixer.<name>}; the same on
 * every manager.
 *
 * @param address {@code host:port} of the mixer's gRPC as proxies reach it; none if not given
 * @param plaintext whether it speaks without certificates; for loopback addresses
 */
@ConfigurationProperties("lateen.mixer")
public record MixerSettings(@Nullable String address, @DefaultValue("false") boolean plaintext) {

    private static final int HIGHEST_PORT = 65_535;

    public MixerSettings {
        if (address != null && port(address) < 1) {
            throw new IllegalArgumentException(
                    "lateen.mixer.address: found '"
                            + address
                            + "', expected host:port, such as 127.0.0.1:9091");
        }
    }

    TranslationSettings apply(TranslationSettings settings) {
        if (address == null) {
            return settings;
        }
        String host = address.substring(0, address.lastIndexOf(':'));
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return settings.reportingTo(
                new MixerAddress(
                        bracketed ? host.substring(1, host.length() - 1) : host,
                        port(address),
                        plaintext));
    }

    private static int port(String address) {
        int colon = address.lastIndexOf(':');
        String digits = address.substring(colon + 1);
        if (colon < 1 || !digits.matches("\\d{1,5}")) {
            return -1;
        }
        int port = Integer.parseInt(digits);
        return port <= HIGHEST_PORT ? port : -1;
    }
}

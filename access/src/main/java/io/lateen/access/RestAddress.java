package io.lateen.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.springframework.core.env.Environment;

/** Where REST is served, and whether it may be served there as it is. */
final class RestAddress {
    private RestAddress() {}

    /**
     * Refuses plaintext on an address that other hosts reach.
     *
     * @throws PlaintextRefused with a sentence for the user
     */
    static void requireTlsBeyondThisHost(AccessSettings settings, Environment environment) {
        boolean encrypted =
                environment.containsProperty("server.ssl.bundle")
                        || environment.containsProperty("server.ssl.certificate")
                        || environment.containsProperty("server.ssl.key-store");
        if (!encrypted && !settings.restPlaintext() && !isLoopback(settings.restAddress())) {
            throw new PlaintextRefused(settings.restAddress());
        }
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // The server will say so when it binds.
            return true;
        }
    }
}

package io.lateen.authca.serve;

import java.net.InetSocketAddress;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of gRPC, each as {@code --lateen.<name>}.
 *
 * @param grpcAddress where workloads ask for certificates
 * @param grpcPort 0 to 65535; 0 takes a free one
 */
@ConfigurationProperties("lateen")
public record ServeSettings(
        @DefaultValue("127.0.0.1") String grpcAddress, @DefaultValue("8060") int grpcPort) {

    private static final int HIGHEST_PORT = 65_535;

    /** Checks the port. */
    public ServeSettings {
        if (grpcPort < 0 || grpcPort > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    "lateen.grpc-port: found " + grpcPort + ", expected 0 to " + HIGHEST_PORT);
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(grpcAddress, grpcPort);
    }
}

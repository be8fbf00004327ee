package io.lateen.mixer.grpc;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the gRPC server, each as {@code --lateen.<name>}.
 *
 * @param grpcAddress where sidecars connect
 * @param grpcPort 0 to 65535; 0 takes a free one
 */
@ConfigurationProperties("lateen")
public record GrpcSettings(
        @DefaultValue("127.0.0.1") String grpcAddress, @DefaultValue("9091") int grpcPort) {

    private static final int HIGHEST_PORT = 65_535;

    public GrpcSettings {
        if (grpcPort < 0 || grpcPort > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    "lateen.grpc-port: found " + grpcPort + ", expected 0 to " + HIGHEST_PORT);
        }
    }

    /** The address, if it is one and not all of this machine's. */
    Optional<String> singleAddress() {
        return address().getAddress() != null && address().getAddress().isAnyLocalAddress()
                ? Optional.empty()
                : Optional.of(grpcAddress);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(grpcAddress, grpcPort);
    }
}

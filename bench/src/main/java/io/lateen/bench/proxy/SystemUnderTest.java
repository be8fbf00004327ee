package io.lateen.bench.proxy;

import io.lateen.bench.load.Encryption;
import io.lateen.bench.load.Encryption.Certificate;
import io.lateen.bench.load.Target;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/** Ways from the load to the upstream, whose cost is measured. Closed by whoever opened it. */
public sealed interface SystemUnderTest extends AutoCloseable
        permits Direct, Haproxy, Nginx, SpringCloudGateway, Sidecar {

    /** As it stands in the tables: {@code haproxy}. */
    String name();

    /** The version measured, as the program itself says. */
    String version();

    /** The way that {@code traffic} takes; empty where it is not set up for it. */
    Optional<Way> way(Traffic traffic);

    /** Load that it needs before it shows what it can do: a JVM compiles what it runs often. */
    Duration warmUp();

    @Override
    void close();

    /**
     * Starts the first proxy once more, after {@link #close}, with what it had on disk and on all
     * CPUs; empty where nothing is started. Whoever called closes the way's process.
     */
    Optional<Way> startAgain(Workbench workbench);

    /** What knocks at {@code address} for {@code traffic}, encrypted where that is. */
    static Target target(
            InetSocketAddress address, String authority, Traffic traffic, Credentials credentials) {
        Target plain = new Target(address, authority);
        return switch (traffic) {
            case HTTP1, HTTP2, GRPC, TCP, CHAIN -> plain;
            case TLS -> plain.in(new Encryption(credentials.roots(), Optional.empty()));
            case MTLS ->
                    plain.in(
                            new Encryption(
                                    credentials.roots(),
                                    Optional.of(
                                            new Certificate(
                                                    credentials.chain(Credentials.CALLER),
                                                    credentials.key(Credentials.CALLER)))));
        };
    }
}

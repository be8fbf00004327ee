package io.lateen.bench.proxy;

import io.lateen.bench.load.Target;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** No proxy at all: what added latency is counted from. */
public record Direct() implements SystemUnderTest {

    @Override
    public String name() {
        return "direct";
    }

    @Override
    public String version() {
        return "no proxy";
    }

    @Override
    public Optional<Way> way(Traffic traffic) {
        return switch (traffic) {
            case HTTP1, TCP, CHAIN -> Optional.of(to(Addresses.UPSTREAM));
            case HTTP2, GRPC -> Optional.of(to(Addresses.UPSTREAM_HTTP2));
            // The upstream does not encrypt.
            case TLS, MTLS -> Optional.empty();
        };
    }

    private static Way to(InetSocketAddress upstream) {
        return new Way(new Target(upstream, Service.AUTHORITY), List.of());
    }

    @Override
    public Duration warmUp() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void close() {
        // Nothing was started.
    }

    @Override
    public Optional<Way> startAgain(Workbench workbench) {
        return Optional.empty();
    }
}

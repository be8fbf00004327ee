package io.lateen.bench.proxy;

import io.lateen.bench.load.Target;
import io.lateen.bench.process.PinnedProcess;
import java.time.Duration;
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
    public Target target() {
        return new Target(Addresses.UPSTREAM, Service.AUTHORITY);
    }

    @Override
    public Duration warmUp() {
        return Duration.ofSeconds(1);
    }

    @Override
    public Optional<PinnedProcess> process() {
        return Optional.empty();
    }

    @Override
    public void close() {
        // Nothing was started.
    }
}

package io.lateen.bench.proxy;

import io.lateen.bench.load.Target;
import io.lateen.bench.process.PinnedProcess;
import java.time.Duration;
import java.util.Optional;

/** A way from the load to the upstream, whose cost is measured. Closed by whoever opened it. */
public sealed interface SystemUnderTest extends AutoCloseable
        permits Direct, Haproxy, Nginx, SpringCloudGateway, Sidecar {

    /** As it stands in the tables: {@code haproxy}. */
    String name();

    /** The version measured, as the program itself says. */
    String version();

    Target target();

    /** Load that it needs before it shows what it can do: a JVM compiles what it runs often. */
    Duration warmUp();

    /** What runs it; empty where there is nothing between load and upstream. */
    Optional<PinnedProcess> process();

    @Override
    void close();
}

package io.lateen.bench.load;

import java.time.Duration;

/** A way to put requests on a target for a while. */
public sealed interface Load permits ClosedLoad, MultiplexedLoad, HandshakeLoad, ConstantRateLoad {

    /** Drives {@code target} for {@code duration}; returns when the last answer is in. */
    LoadResult drive(Target target, Request request, Duration duration);
}

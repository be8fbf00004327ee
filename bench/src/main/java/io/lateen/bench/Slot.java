package io.lateen.bench;

import io.lateen.bench.load.LoadResult;
import io.lateen.bench.process.Memory;
import io.lateen.bench.process.ProcessorTime;
import io.lateen.bench.proxy.Way;
import java.time.Duration;
import java.util.Optional;

/**
 * One system under one load, once.
 *
 * @param cpuNanos processor time of the proxies on the way; empty where there is none
 * @param memory of one of them, on average; empty where there is none
 */
record Slot(LoadResult load, Optional<Long> cpuNanos, Optional<Memory> memory) {

    static Slot measure(Way way, Case loadCase, Duration duration) {
        Optional<ProcessorTime> before = way.processorTime();
        LoadResult result = loadCase.load().drive(way.target(), loadCase.request(), duration);
        Optional<Long> spent =
                before.flatMap(
                        earlier -> way.processorTime().map(later -> later.nanosSince(earlier)));
        return new Slot(result, spent, way.memory());
    }

    /** Microseconds of the proxies' CPU per answered request. */
    Optional<Double> cpuMicrosPerRequest() {
        return cpuNanos.map(nanos -> nanos / 1e3 / Math.max(1, load.requests()));
    }

    double latencyMicros(double percentile) {
        return load.latencyNanos().orElseThrow().getValueAtPercentile(percentile) / 1e3;
    }
}

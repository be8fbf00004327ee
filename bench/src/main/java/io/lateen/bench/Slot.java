package io.lateen.bench;

import io.lateen.bench.load.LoadResult;
import io.lateen.bench.process.PinnedProcess;
import io.lateen.bench.process.ProcessorTime;
import io.lateen.bench.proxy.SystemUnderTest;
import java.time.Duration;
import java.util.Optional;

/**
 * One system under one load, once.
 *
 * @param cpuNanos processor time of the system in the slot; empty where there is no system
 */
record Slot(LoadResult load, Optional<Long> cpuNanos, Optional<Long> residentBytes) {

    static Slot measure(SystemUnderTest system, Case loadCase, Duration duration) {
        Optional<ProcessorTime> before = system.process().map(PinnedProcess::processorTime);
        LoadResult result = loadCase.load().drive(system.target(), loadCase.request(), duration);
        Optional<Long> spent =
                system.process()
                        .flatMap(
                                process ->
                                        before.map(
                                                earlier ->
                                                        process.processorTime()
                                                                .nanosSince(earlier)));
        return new Slot(result, spent, system.process().map(PinnedProcess::residentBytes));
    }

    /** Microseconds of the system's CPU per answered request. */
    Optional<Double> cpuMicrosPerRequest() {
        return cpuNanos.map(nanos -> nanos / 1e3 / Math.max(1, load.requests()));
    }

    double latencyMicros(double percentile) {
        return load.latencyNanos().orElseThrow().getValueAtPercentile(percentile) / 1e3;
    }
}

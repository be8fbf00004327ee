package io.lateen.bench;

import io.lateen.bench.process.PinnedProcess;
import io.lateen.bench.proxy.Readiness;
import io.lateen.bench.proxy.SystemUnderTest;
import io.lateen.bench.proxy.Way;
import io.lateen.bench.proxy.Workbench;
import java.util.OptionalDouble;

/** How long a system takes from its start to the first answer that it brings. */
final class Starts {

    /** The name in the tables. */
    static final String CASE = "start";

    private Starts() {}

    /** Milliseconds; empty where there is nothing to start. Ends what it started. */
    static OptionalDouble millis(SystemUnderTest system, Workbench workbench) {
        long before = System.nanoTime();
        return system.startAgain(workbench)
                .map(way -> OptionalDouble.of(millis(system.name(), way, before)))
                .orElse(OptionalDouble.empty());
    }

    private static double millis(String name, Way way, long before) {
        try {
            Readiness.await(name, way.target(), way.processes().getFirst());
            return (System.nanoTime() - before) / 1e6;
        } finally {
            way.processes().forEach(PinnedProcess::close);
        }
    }
}

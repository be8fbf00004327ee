package io.lateen.bench;

import io.lateen.bench.load.ClosedLoad;
import io.lateen.bench.load.ConstantRateLoad;
import io.lateen.bench.load.Load;
import io.lateen.bench.load.Request;
import io.lateen.bench.proxy.Service;
import java.util.List;

/**
 * One load to measure under.
 *
 * @param name in the tables: protocol, connections or rate, size of the answer
 */
record Case(String name, Load load, Request request) {

    private static final Request SMALL = new Request(Service.SMALL);
    private static final Request LARGE = new Request(Service.LARGE);

    /** All of them, in the order measured. */
    static List<Case> all(int loadCpu) {
        return List.of(
                new Case("http1-1000rps-1k", new ConstantRateLoad(1_000, 16), SMALL),
                new Case("http1-c1-1k", new ClosedLoad(loadCpu, 1), SMALL),
                new Case("http1-c16-1k", new ClosedLoad(loadCpu, 16), SMALL),
                new Case("http1-c64-1k", new ClosedLoad(loadCpu, 64), SMALL),
                new Case("http1-c16-10k", new ClosedLoad(loadCpu, 16), LARGE));
    }
}

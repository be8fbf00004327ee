package io.lateen.bench.proxy;

import io.lateen.bench.load.Target;
import io.lateen.bench.process.Memory;
import io.lateen.bench.process.PinnedProcess;
import io.lateen.bench.process.ProcessorTime;
import java.util.List;
import java.util.Optional;

/**
 * One way through a system.
 *
 * @param target where the load knocks
 * @param processes the proxies on the way, each a process with its children; none where the load
 *     meets the upstream itself
 */
public record Way(Target target, List<PinnedProcess> processes) {

    public Way {
        processes = List.copyOf(processes);
    }

    /** Time on the processor of all proxies on the way so far; empty where there are none. */
    public Optional<ProcessorTime> processorTime() {
        return processes.stream().map(PinnedProcess::processorTime).reduce(ProcessorTime::and);
    }

    /** Memory of one of the proxies, on average; empty where there are none. */
    public Optional<Memory> memory() {
        return processes.stream()
                .map(PinnedProcess::memory)
                .reduce(Memory::and)
                .map(all -> all.dividedBy(processes.size()));
    }
}

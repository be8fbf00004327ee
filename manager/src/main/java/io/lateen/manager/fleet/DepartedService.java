package io.lateen.manager.fleet;

import io.lateen.manager.snapshot.ServedPort;
import java.util.List;

/**
 * What was served by workloads that have gone, for as long as it is remembered: a day.
 *
 * @param domain the mesh's domain, {@code cluster.local}
 * @param ports what was served, of one service or of several
 */
public record DepartedService(String domain, List<ServedPort> ports) {

    public DepartedService {
        ports = List.copyOf(ports);
    }

    static DepartedService of(Registration registration) {
        return new DepartedService(registration.domain(), registration.servedPorts());
    }
}

package io.lateen.manager.fleet;

import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServedPort;
import io.lateen.model.naming.ProxyType;
import io.lateen.model.service.Workload;
import java.util.List;

/**
 * What a proxy says of the workload beside it.
 *
 * @param type what the proxy is for
 * @param address the workload's address
 * @param domain the mesh's domain, {@code cluster.local}
 * @param workload the workload
 * @param servedPorts what it serves; empty for one that only calls others
 */
public record Registration(
        ProxyType type,
        String address,
        String domain,
        Workload workload,
        List<ServedPort> servedPorts) {

    public Registration {
        servedPorts = List.copyOf(servedPorts);
    }

    static Registration of(Proxy proxy) {
        return new Registration(
                proxy.type(),
                proxy.address(),
                proxy.domain(),
                proxy.workload(),
                proxy.servedPorts());
    }
}

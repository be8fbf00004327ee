package io.lateen.portal.mesh;

import java.util.List;
import java.util.Map;

/** A service with its endpoints. */
public record MeshService(
        String hostname,
        String namespace,
        String name,
        boolean outside,
        List<Port> ports,
        List<Endpoint> endpoints) {

    /** Copies the lists. */
    public MeshService {
        ports = List.copyOf(ports);
        endpoints = List.copyOf(endpoints);
    }

    /** A port. */
    public record Port(int number, String name, String protocol) {}

    /**
     * An endpoint of one port.
     *
     * @param workload what it is an instance of
     * @param name the instance
     */
    public record Endpoint(
            int servicePort,
            String workload,
            String name,
            boolean healthy,
            Map<String, String> labels) {}
}

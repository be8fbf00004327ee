package io.lateen.manager.programmed;

import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Health;
import io.lateen.model.service.Protocol;
import io.lateen.model.service.Resolution;
import io.lateen.model.service.Service;
import java.util.List;
import java.util.Map;

/** One service with its endpoints, as REST shows it. */
record ServiceView(
        String hostname,
        String namespace,
        String name,
        String origin,
        Resolution resolution,
        boolean meshExternal,
        List<String> addresses,
        List<PortView> ports,
        List<EndpointView> endpoints) {

    /** A port. */
    record PortView(int number, String name, Protocol protocol) {}

    /** An endpoint of one of the ports. */
    record EndpointView(
            int servicePort,
            String address,
            int port,
            Health health,
            int weight,
            String workload,
            String name,
            Map<String, String> labels) {}

    static ServiceView of(Service service, List<Endpoint> endpoints, List<String> addresses) {
        return new ServiceView(
                service.hostname().value(),
                service.namespace(),
                service.name(),
                service.origin(),
                service.resolution(),
                service.meshExternal(),
                addresses,
                service.ports().stream()
                        .map(port -> new PortView(port.number(), port.name(), port.protocol()))
                        .toList(),
                endpoints.stream()
                        .map(
                                endpoint ->
                                        new EndpointView(
                                                endpoint.servicePort(),
                                                endpoint.address(),
                                                endpoint.port(),
                                                endpoint.health(),
                                                endpoint.weight(),
                                                endpoint.workload().workloadName(),
                                                endpoint.workload().name(),
                                                endpoint.workload().labels()))
                        .toList());
    }
}

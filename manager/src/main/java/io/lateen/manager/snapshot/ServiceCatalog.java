package io.lateen.manager.snapshot;

import io.lateen.model.service.Endpoint;
import io.lateen.model.service.Service;
import java.util.List;

/**
 * Which services exist and who serves them, as all registries together say.
 *
 * @param services the services; one hostname may come from several registries
 * @param endpoints the endpoints of those services
 */
public record ServiceCatalog(List<Service> services, List<Endpoint> endpoints) {

    /** A catalog of nothing. */
    public static final ServiceCatalog EMPTY = new ServiceCatalog(List.of(), List.of());

    /** Copies the lists. */
    public ServiceCatalog {
        services = List.copyOf(services);
        endpoints = List.copyOf(endpoints);
    }
}

package io.lateen.manager.translate.route;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import java.util.List;

/**
 * All that one virtual host follows from.
 *
 * @param name unique within its configuration
 * @param domains that it answers for
 * @param routes in the order in which they are tried
 */
public record HostRoutes(String name, List<String> domains, List<Route> routes) {

    /** Copies the lists. */
    public HostRoutes {
        domains = List.copyOf(domains);
        routes = List.copyOf(routes);
    }

    /** The virtual host. */
    public VirtualHost message() {
        return VirtualHost.newBuilder()
                .setName(name)
                .addAllDomains(domains)
                .addAllRoutes(routes)
                .build();
    }
}

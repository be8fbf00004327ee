package io.lateen.manager.translate.route;

import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.lateen.manager.translate.envoy.Words;
import java.util.List;

/**
 * All that one route configuration follows from.
 *
 * @param name by which listeners ask for it
 * @param hosts its virtual hosts
 */
public record RouteTable(String name, List<VirtualHost> hosts) {

    /** Copies the list. */
    public RouteTable {
        hosts = List.copyOf(hosts);
    }

    /** The configuration. A route may name a cluster that is not there: its requests get 503. */
    public RouteConfiguration message() {
        return RouteConfiguration.newBuilder()
                .setName(name)
                .addAllVirtualHosts(hosts)
                .setValidateClusters(Words.no())
                .setIgnorePortInHostMatching(true)
                .build();
    }
}

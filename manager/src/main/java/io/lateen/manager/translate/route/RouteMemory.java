package io.lateen.manager.translate.route;

import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.lateen.manager.translate.memo.Memo;

/** What was made of rules and hosts before, by all that it follows from. Any thread. */
public final class RouteMemory {

    private final Memo<RouteSource, RouteSource.Routes> routes = new Memo<>(RouteSource::routes);
    private final Memo<HostRoutes, VirtualHost> hosts = new Memo<>(HostRoutes::message);

    RouteSource.Routes routes(RouteSource source) {
        return routes.get(source);
    }

    VirtualHost host(HostRoutes host) {
        return hosts.get(host);
    }

    /** Forgets what was not asked for lately. */
    public void turn() {
        routes.turn();
        hosts.turn();
    }
}

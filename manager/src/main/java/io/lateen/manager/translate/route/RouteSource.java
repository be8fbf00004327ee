package io.lateen.manager.translate.route;

import io.envoyproxy.envoy.config.route.v3.Route;
import io.lateen.manager.snapshot.Finding;
import java.util.List;

/** All that some routes of a virtual host follow from, compared by value. */
public sealed interface RouteSource permits RuleRoutes, ServiceRoutes {

    /** The routes, in the order in which they are tried. */
    Routes routes();

    /**
     * Routes and what their author should know.
     *
     * @param routes in the order in which they are tried
     * @param findings of the rule that they come from
     */
    record Routes(List<Route> routes, List<Finding> findings) {

        /** Copies the lists. */
        public Routes {
            routes = List.copyOf(routes);
            findings = List.copyOf(findings);
        }
    }
}

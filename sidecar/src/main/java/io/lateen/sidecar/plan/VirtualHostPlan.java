package io.lateen.sidecar.plan;

import java.util.List;

/**
 * The routes of one virtual host, in the order in which they are tried.
 *
 * @param name the virtual host's name, {@code reviews.default.svc.cluster.local:9080}
 */
public record VirtualHostPlan(String name, List<RoutePlan> routes) {

    public VirtualHostPlan {
        routes = List.copyOf(routes);
    }
}

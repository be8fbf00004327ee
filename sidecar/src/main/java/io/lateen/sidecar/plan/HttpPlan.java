package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.Recording;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.filter.headers.HeaderEdits;
import io.lateen.sidecar.route.PathNormalization;
import io.lateen.sidecar.route.RouteMatch;
import io.lateen.sidecar.route.VirtualHostTable;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Routes the requests of one listener.
 *
 * @param direction on whose side of the application the listener stands
 * @param statPrefix names the listener in statistics, {@code outbound_0.0.0.0_9080}
 * @param normalizesPaths whether a path is brought to one spelling before it is matched and sent
 * @param upgrades protocols that a connection may be upgraded to, lower case
 * @param virtualHosts finds the virtual host by the request's authority
 * @param gates what every request passes; they stand first in each route, and a request without a
 *     route is asked them all the same
 * @param recording where records of requests go; null for nowhere
 * @param front how it stands to those who call it
 */
public record HttpPlan(
        Direction direction,
        String statPrefix,
        boolean normalizesPaths,
        List<String> upgrades,
        VirtualHostTable<VirtualHostPlan> virtualHosts,
        List<RequestFilter> gates,
        @Nullable Recording recording,
        HttpFront front) {

    public HttpPlan {
        upgrades = List.copyOf(upgrades);
        gates = List.copyOf(gates);
    }

    /** A listener without gates. */
    public HttpPlan(
            Direction direction,
            String statPrefix,
            boolean normalizesPaths,
            List<String> upgrades,
            VirtualHostTable<VirtualHostPlan> virtualHosts) {
        this(
                direction,
                statPrefix,
                normalizesPaths,
                upgrades,
                virtualHosts,
                List.of(),
                null,
                HttpFront.PLAIN);
    }

    /** A listener that takes paths as they come. */
    public HttpPlan(
            Direction direction,
            String statPrefix,
            List<String> upgrades,
            VirtualHostTable<VirtualHostPlan> virtualHosts) {
        this(direction, statPrefix, false, upgrades, virtualHosts);
    }

    /**
     * For a request that no route wants, where there are gates: it passes these before it is told
     * so, since whoever may not call may not learn what is there either.
     */
    public RoutePlan unrouted() {
        return new RoutePlan(
                RouteOrigin.unruled("-"),
                RouteMatch.EVERYTHING,
                gates,
                HeaderEdits.NONE,
                HeaderEdits.NONE,
                null,
                new RouteAction.Nowhere());
    }

    /**
     * The route of a request: the first that matches, in order, in the virtual host of its
     * authority.
     *
     * @param random decides matches that take only a share of the requests
     * @return null when no virtual host, or none of its routes, wants the request: flag NR
     */
    public @Nullable RoutePlan route(RequestHead head, RandomGenerator random) {
        if (normalizesPaths) {
            PathNormalization.apply(head);
        }
        VirtualHostPlan host = virtualHosts.find(head.authority());
        if (host == null) {
            return null;
        }
        List<RoutePlan> routes = host.routes();
        for (int i = 0; i < routes.size(); i++) {
            RoutePlan route = routes.get(i);
            if (route.match().matches(head, random)) {
                return route;
            }
        }
        return null;
    }
}

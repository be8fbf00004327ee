package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.RouteIdentity;

/**
 * Where a route comes from: what an answer of our own, the log and {@code explain} name.
 *
 * @param routeName the route's name, {@code default} when its rule gave none
 * @param rule path of the resource that made it, empty for routes that no resource made
 * @param ruleRevision that resource's own version, empty with {@code rule}
 */
public record RouteOrigin(String routeName, String rule, String ruleRevision)
        implements RouteIdentity {

    /** The origin of what the mesh makes itself, without a rule. */
    public static RouteOrigin unruled(String routeName) {
        return new RouteOrigin(routeName, "", "");
    }
}

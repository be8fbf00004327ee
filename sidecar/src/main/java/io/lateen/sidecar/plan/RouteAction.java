package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.LocalReply;
import io.lateen.sidecar.route.Redirect;
import io.lateen.sidecar.route.Rewrite;

/** What a route does with a request in the end. */
public sealed interface RouteAction {

    /**
     * Sends it to a cluster.
     *
     * @param clusters which one
     * @param rewrite how path and authority change; {@link RoutePlan#editRequest} applies it
     * @param policy how it is sent
     */
    record Forward(ClusterChoice clusters, Rewrite rewrite, ForwardPolicy policy)
            implements RouteAction {}

    /** Answers with the place to ask instead. */
    record Redirected(Redirect redirect) implements RouteAction {}

    /** Answers with a fixed response. */
    record Direct(LocalReply reply) implements RouteAction {}

    /** Answers that there is no route: flag NR. */
    record Nowhere() implements RouteAction {}
}

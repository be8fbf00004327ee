package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.exchange.RouteIdentity;
import io.lateen.sidecar.filter.headers.HeaderEdits;
import io.lateen.sidecar.route.RouteMatch;
import java.util.List;

/**
 * One route: which requests it wants and what becomes of them.
 *
 * @param origin the rule behind it
 * @param match which requests it wants
 * @param requestFilters what a request passes, in order, before {@code action}
 * @param requestEdits header edits on the way to the upstream
 * @param responseEdits header edits on the way back; also for redirects and direct responses
 * @param action what is done in the end
 */
public record RoutePlan(
        RouteOrigin origin,
        RouteMatch match,
        List<RequestFilter> requestFilters,
        HeaderEdits requestEdits,
        HeaderEdits responseEdits,
        RouteAction action)
        implements RouteIdentity {

    public RoutePlan {
        requestFilters = List.copyOf(requestFilters);
    }

    @Override
    public String routeName() {
        return origin.routeName();
    }

    @Override
    public String rule() {
        return origin.rule();
    }

    @Override
    public String ruleRevision() {
        return origin.ruleRevision();
    }
}

package io.lateen.sidecar.plan;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.RouteIdentity;
import io.lateen.sidecar.filter.cors.Cors;
import io.lateen.sidecar.filter.headers.HeaderEdits;
import io.lateen.sidecar.filter.quota.QuotaRule;
import io.lateen.sidecar.route.RouteMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One route: which requests it wants and what becomes of them.
 *
 * @param origin the rule behind it
 * @param match which requests it wants
 * @param requestFilters what a request passes, in order, before {@code action}
 * @param requestEdits header edits on the way to the upstream
 * @param responseEdits header edits on the way back; also for redirects and direct responses
 * @param cors marks responses for pages of other origins; null where the route has no policy
 * @param action what is done in the end
 * @param quota what its requests are counted by, where the listener asks about it
 */
public record RoutePlan(
        RouteOrigin origin,
        RouteMatch match,
        List<RequestFilter> requestFilters,
        HeaderEdits requestEdits,
        HeaderEdits responseEdits,
        @Nullable Cors cors,
        RouteAction action,
        List<QuotaRule> quota)
        implements RouteIdentity {

    public RoutePlan {
        requestFilters = List.copyOf(requestFilters);
        quota = List.copyOf(quota);
    }

    /** A route whose requests are not counted. */
    public RoutePlan(
            RouteOrigin origin,
            RouteMatch match,
            List<RequestFilter> requestFilters,
            HeaderEdits requestEdits,
            HeaderEdits responseEdits,
            @Nullable Cors cors,
            RouteAction action) {
        this(origin, match, requestFilters, requestEdits, responseEdits, cors, action, List.of());
    }

    /** Edits a request that goes to {@code destination}; called once, however often it is tried. */
    public void editRequest(
            Exchange exchange, RouteAction.Forward forward, Destination destination) {
        RequestHead request = exchange.request();
        // The path that the route matched is rewritten before anything can change it again.
        forward.rewrite().apply(request);
        // The route's edits first, so that a destination has the last word (istio.md §2.2.11).
        requestEdits.apply(request, exchange);
        destination.requestEdits().apply(request, exchange);
        destination.rewrite().apply(request);
    }

    /**
     * Edits a response before it goes to the client.
     *
     * @param destination where it came from; null for one that the sidecar made itself
     */
    public void editResponse(
            Exchange exchange, ResponseHead response, @Nullable Destination destination) {
        // On the way back the other way round: the route has the last word.
        if (destination != null) {
            destination.responseEdits().apply(response, exchange);
        }
        responseEdits.apply(response, exchange);
        // Last, so that no edit can grant what the policy does not.
        if (cors != null) {
            cors.mark(exchange.request(), response);
        }
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

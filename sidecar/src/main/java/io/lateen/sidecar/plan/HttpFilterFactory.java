package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.lateen.sidecar.exchange.RequestFilter;
import java.util.ArrayList;
import java.util.List;

/** Makes what every request of a listener passes, from the filters of its connection manager. */
final class HttpFilterFactory {

    private static final String ROUTER = "envoy.filters.http.router";

    private HttpFilterFactory() {}

    /** The filters that are not the routes' own, in their order; the last of all forwards. */
    static List<RequestFilter> gates(List<HttpFilter> filters, String at) throws Refusal {
        List<RequestFilter> gates = new ArrayList<>();
        for (int i = 0; i < filters.size(); i++) {
            HttpFilter filter = filters.get(i);
            String field = at + ".http_filters[" + i + "]";
            switch (filter.getName()) {
                case ROUTER, FilterFactory.FAULT, FilterFactory.CORS -> {
                    // They take their settings from the routes.
                }
                case AuthorizationFactory.HTTP ->
                        AuthorizationFactory.requests(filter, field).ifPresent(gates::add);
                case RateLimitFactory.HTTP -> gates.add(RateLimitFactory.gate(filter, field));
                case LocalLimitFactory.HTTP ->
                        gates.add(
                                LocalLimitFactory.gate(
                                        filter.getTypedConfig(), field + ".typed_config"));
                default ->
                        throw new Refusal(
                                field,
                                "is '%s'; expected %s, %s, %s, %s, %s or %s"
                                        .formatted(
                                                filter.getName(),
                                                AuthorizationFactory.HTTP,
                                                RateLimitFactory.HTTP,
                                                LocalLimitFactory.HTTP,
                                                FilterFactory.FAULT,
                                                FilterFactory.CORS,
                                                ROUTER));
            }
        }
        if (filters.isEmpty() || !filters.getLast().getName().equals(ROUTER)) {
            throw new Refusal(at + ".http_filters", "do not end with " + ROUTER);
        }
        return gates;
    }
}

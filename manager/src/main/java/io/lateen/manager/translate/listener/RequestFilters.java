package io.lateen.manager.translate.listener;

import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.lateen.manager.translate.envoy.Deterministic;
import io.lateen.manager.translate.quota.Limits;
import io.lateen.manager.translate.security.Guard;
import java.util.ArrayList;
import java.util.List;

/** The filters that requests pass, in order: the one place where that is written. */
final class RequestFilters {

    private RequestFilters() {}

    /** Requests of the workload to others. */
    static List<HttpFilter> outbound() {
        return List.of(
                // Faults stand for the server's failures, so they come before all that could
                // answer.
                fault(),
                cors(),
                // Ends the chain.
                router());
    }

    /** Requests from outside the mesh. */
    static List<HttpFilter> gateway(Guard guard) {
        List<HttpFilter> filters = new ArrayList<>();
        // Who may not call learns nothing else, and costs nothing else.
        filters.addAll(guard.ofRequests());
        filters.addAll(outbound());
        return filters;
    }

    /** Requests of others to the workload. */
    static List<HttpFilter> inbound(Guard guard, Limits limits) {
        List<HttpFilter> filters = new ArrayList<>();
        filters.addAll(guard.ofRequests());
        // Then quota: who may not call uses nothing of what others may.
        filters.addAll(limits.filters());
        // Ends the chain.
        filters.add(router());
        return filters;
    }

    /** What a gRPC client knows: no CORS. */
    static List<HttpFilter> grpcClient() {
        return List.of(fault(), router());
    }

    private static HttpFilter fault() {
        return HttpFilter.newBuilder()
                .setName("envoy.filters.http.fault")
                .setTypedConfig(Deterministic.any(HTTPFault.getDefaultInstance()))
                .build();
    }

    private static HttpFilter cors() {
        return HttpFilter.newBuilder()
                .setName("envoy.filters.http.cors")
                .setTypedConfig(Deterministic.any(Cors.getDefaultInstance()))
                .build();
    }

    private static HttpFilter router() {
        return HttpFilter.newBuilder()
                .setName("envoy.filters.http.router")
                .setTypedConfig(Deterministic.any(Router.getDefaultInstance()))
                .build();
    }
}

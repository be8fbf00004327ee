package io.lateen.manager.translate.listener;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.lateen.manager.translate.envoy.Deterministic;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.manager.translate.quota.Limits;
import io.lateen.manager.translate.security.Guard;

/** Connections that are read as HTTP. */
final class HttpConnections {

    /** The name that a sidecar answers by when it stands for the server. */
    private static final String SERVER_NAME = "istio-envoy";

    private HttpConnections() {}

    /** Requests of the workload to others. */
    static HttpConnectionManager outbound(
            String statPrefix, String routes, AccessLogging accessLog) {
        return connections(statPrefix, accessLog)
                .setUseRemoteAddress(Words.no())
                .addAllHttpFilters(RequestFilters.outbound())
                .setRds(rds(routes))
                .build();
    }

    /** Requests from outside the mesh: the client's address is the connection's. */
    static HttpConnectionManager gateway(
            String statPrefix, String routes, Guard guard, AccessLogging accessLog) {
        return connections(statPrefix, accessLog)
                .setUseRemoteAddress(Words.yes())
                .setServerName(SERVER_NAME)
                .addAllHttpFilters(RequestFilters.gateway(guard))
                .setRds(rds(routes))
                .build();
    }

    /** Requests of others to the workload. */
    static HttpConnectionManager inbound(
            String statPrefix,
            RouteConfiguration routes,
            Guard guard,
            Limits limits,
            AccessLogging accessLog) {
        return connections(statPrefix, accessLog)
                .setUseRemoteAddress(Words.no())
                .setServerName(SERVER_NAME)
                .addAllHttpFilters(RequestFilters.inbound(guard, limits))
                .setRouteConfig(routes)
                .build();
    }

    /** What a gRPC client knows: no CORS, no normalization, no upgrades. */
    static HttpConnectionManager api(String routes) {
        return HttpConnectionManager.newBuilder()
                .setStatPrefix("api")
                .setRds(rds(routes))
                .addAllHttpFilters(RequestFilters.grpcClient())
                .build();
    }

    /** As the only filter of a chain. */
    static Filter filter(HttpConnectionManager connections) {
        return Filter.newBuilder()
                .setName("envoy.filters.network.http_connection_manager")
                .setTypedConfig(Deterministic.any(connections))
                .build();
    }

    /** Paths are normalized as Istio does by default: dot segments, no merging of slashes. */
    private static HttpConnectionManager.Builder connections(
            String statPrefix, AccessLogging accessLog) {
        return HttpConnectionManager.newBuilder()
                .setStatPrefix(statPrefix)
                .setNormalizePath(Words.yes())
                .setStreamIdleTimeout(Duration.getDefaultInstance())
                .addUpgradeConfigs(
                        HttpConnectionManager.UpgradeConfig.newBuilder()
                                .setUpgradeType("websocket"))
                .addAllAccessLog(AccessLogs.ofRequests(accessLog));
    }

    private static Rds rds(String routes) {
        return Rds.newBuilder().setRouteConfigName(routes).setConfigSource(Words.ADS).build();
    }
}

package io.lateen.manager.translate.listener;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.lateen.manager.translate.envoy.Deterministic;
import io.lateen.manager.translate.envoy.Words;

/** Connections that are read as HTTP. */
final class HttpConnections {

    /** The name that a sidecar answers by when it stands for the server. */
    private static final String SERVER_NAME = "istio-envoy";

    private HttpConnections() {}

    /** Requests of the workload to others. */
    static HttpConnectionManager outbound(
            String statPrefix, String routes, AccessLogFormat accessLog) {
        return withClientFilters(connections(statPrefix, accessLog).setUseRemoteAddress(Words.no()))
                .setRds(rds(routes))
                .build();
    }

    /** Requests from outside the mesh: the client's address is the connection's. */
    static HttpConnectionManager gateway(
            String statPrefix, String routes, AccessLogFormat accessLog) {
        return withClientFilters(
                        connections(statPrefix, accessLog)
                                .setUseRemoteAddress(Words.yes())
                                .setServerName(SERVER_NAME))
                .setRds(rds(routes))
                .build();
    }

    /** Requests of others to the workload. */
    static HttpConnectionManager inbound(
            String statPrefix, RouteConfiguration routes, AccessLogFormat accessLog) {
        return connections(statPrefix, accessLog)
                .setUseRemoteAddress(Words.no())
                .setServerName(SERVER_NAME)
                .addHttpFilters(router())
                .setRouteConfig(routes)
                .build();
    }

    /** What a gRPC client knows: no CORS, no normalization, no upgrades. */
    static HttpConnectionManager api(String routes) {
        return HttpConnectionManager.newBuilder()
                .setStatPrefix("api")
                .setRds(rds(routes))
                .addHttpFilters(fault())
                .addHttpFilters(router())
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
            String statPrefix, AccessLogFormat accessLog) {
        return HttpConnectionManager.newBuilder()
                .setStatPrefix(statPrefix)
                .setNormalizePath(Words.yes())
                .setStreamIdleTimeout(Duration.getDefaultInstance())
                .addUpgradeConfigs(
                        HttpConnectionManager.UpgradeConfig.newBuilder()
                                .setUpgradeType("websocket"))
                .addAllAccessLog(AccessLogs.of(accessLog));
    }

    /** Faults stand for the server's failures, so they come first; the router ends the chain. */
    private static HttpConnectionManager.Builder withClientFilters(
            HttpConnectionManager.Builder connections) {
        return connections
                .addHttpFilters(fault())
                .addHttpFilters(
                        HttpFilter.newBuilder()
                                .setName("envoy.filters.http.cors")
                                .setTypedConfig(Deterministic.any(Cors.getDefaultInstance())))
                .addHttpFilters(router());
    }

    private static HttpFilter fault() {
        return HttpFilter.newBuilder()
                .setName("envoy.filters.http.fault")
                .setTypedConfig(Deterministic.any(HTTPFault.getDefaultInstance()))
                .build();
    }

    private static HttpFilter router() {
        return HttpFilter.newBuilder()
                .setName("envoy.filters.http.router")
                .setTypedConfig(Deterministic.any(Router.getDefaultInstance()))
                .build();
    }

    private static Rds rds(String routes) {
        return Rds.newBuilder().setRouteConfigName(routes).setConfigSource(Words.ADS).build();
    }
}

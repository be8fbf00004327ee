package io.lateen.bench.control;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A mesh of one service with one VirtualService: requests under a prefix go to subset v1, the rest
 * to the service as a whole. Spelled as docs/reference/xds.md says that a manager spells it.
 *
 * @param sidecarAddress instance address of the sidecar that will ask
 * @param host the service's full name
 * @param port the service's port
 * @param prefix what the matched route asks of a path
 * @param endpoint the service's only endpoint
 */
public record OneServiceMesh(
        String sidecarAddress, String host, int port, String prefix, InetSocketAddress endpoint) {

    private static final String RULE =
            "/apis/networking.istio.io/v1/namespaces/default/virtualservices/reviews";

    List<Cluster> clusters() {
        return List.of(
                eds(subsetCluster("v1")),
                eds(subsetCluster("")),
                Cluster.newBuilder()
                        .setName("BlackHoleCluster")
                        .setType(Cluster.DiscoveryType.STATIC)
                        .setConnectTimeout(Duration.newBuilder().setSeconds(10))
                        .build(),
                Cluster.newBuilder()
                        .setName("PassthroughCluster")
                        .setType(Cluster.DiscoveryType.ORIGINAL_DST)
                        .setLbPolicy(Cluster.LbPolicy.CLUSTER_PROVIDED)
                        .setConnectTimeout(Duration.newBuilder().setSeconds(10))
                        .build());
    }

    List<ClusterLoadAssignment> endpoints() {
        return List.of(assignment(subsetCluster("v1")), assignment(subsetCluster("")));
    }

    List<Listener> listeners() {
        Listener virtualOutbound =
                Listener.newBuilder()
                        .setName("virtualOutbound")
                        .setAddress(socket(sidecarAddress, 15001))
                        .setUseOriginalDst(BoolValue.of(true))
                        .setTrafficDirection(TrafficDirection.OUTBOUND)
                        .addFilterChains(chain("envoy.filters.network.tcp_proxy", passthrough()))
                        .build();
        Listener outbound =
                Listener.newBuilder()
                        .setName("0.0.0.0_" + port)
                        .setAddress(socket("0.0.0.0", port))
                        .setBindToPort(BoolValue.of(false))
                        .setTrafficDirection(TrafficDirection.OUTBOUND)
                        .addFilterChains(
                                chain(
                                        "envoy.filters.network.http_connection_manager",
                                        connectionManager()))
                        .build();
        return List.of(virtualOutbound, outbound);
    }

    List<RouteConfiguration> routes() {
        String name = host.substring(0, host.indexOf('.'));
        VirtualHost service =
                VirtualHost.newBuilder()
                        .setName(host + ":" + port)
                        .addAllDomains(List.of(host, host + ":" + port, name, name + ":" + port))
                        .addRoutes(route("matched", prefix, subsetCluster("v1")))
                        .addRoutes(route("default", "/", subsetCluster("")))
                        .build();
        VirtualHost anyOther =
                VirtualHost.newBuilder()
                        .setName("allow_any")
                        .addDomains("*")
                        .addRoutes(
                                Route.newBuilder()
                                        .setName("allow_any")
                                        .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                                        .setRoute(
                                                RouteAction.newBuilder()
                                                        .setCluster("PassthroughCluster")))
                        .build();
        return List.of(
                RouteConfiguration.newBuilder()
                        .setName(Integer.toString(port))
                        .addVirtualHosts(service)
                        .addVirtualHosts(anyOther)
                        .setIgnorePortInHostMatching(true)
                        .setValidateClusters(BoolValue.of(false))
                        .build());
    }

    private String subsetCluster(String subset) {
        return "outbound|" + port + "|" + subset + "|" + host;
    }

    private static Route route(String name, String prefix, String cluster) {
        return Route.newBuilder()
                .setName(name)
                .setMatch(RouteMatch.newBuilder().setPrefix(prefix))
                .setMetadata(
                        Metadata.newBuilder()
                                .putFilterMetadata("istio", field("config", RULE))
                                .putFilterMetadata("lateen", field("revision", "1")))
                .setRoute(
                        RouteAction.newBuilder()
                                .setCluster(cluster)
                                .setTimeout(Duration.getDefaultInstance()))
                .build();
    }

    private static Cluster eds(String name) {
        return Cluster.newBuilder()
                .setName(name)
                .setType(Cluster.DiscoveryType.EDS)
                .setEdsClusterConfig(
                        Cluster.EdsClusterConfig.newBuilder()
                                .setEdsConfig(overAds())
                                .setServiceName(name))
                .setLbPolicy(Cluster.LbPolicy.LEAST_REQUEST)
                .setConnectTimeout(Duration.newBuilder().setSeconds(10))
                .build();
    }

    private ClusterLoadAssignment assignment(String cluster) {
        String workload = "reviews-v1;default;reviews;v1;Kubernetes";
        LbEndpoint only =
                LbEndpoint.newBuilder()
                        .setEndpoint(
                                Endpoint.newBuilder()
                                        .setAddress(
                                                socket(
                                                        endpoint.getAddress().getHostAddress(),
                                                        endpoint.getPort())))
                        .setHealthStatus(HealthStatus.HEALTHY)
                        .setLoadBalancingWeight(UInt32Value.of(1))
                        .setMetadata(
                                Metadata.newBuilder()
                                        .putFilterMetadata("istio", field("workload", workload)))
                        .build();
        return ClusterLoadAssignment.newBuilder()
                .setClusterName(cluster)
                .addEndpoints(
                        LocalityLbEndpoints.newBuilder()
                                .addLbEndpoints(only)
                                .setLoadBalancingWeight(UInt32Value.of(1)))
                .build();
    }

    private Any connectionManager() {
        return Any.pack(
                HttpConnectionManager.newBuilder()
                        .setStatPrefix("outbound_0.0.0.0_" + port)
                        .setRds(
                                Rds.newBuilder()
                                        .setRouteConfigName(Integer.toString(port))
                                        .setConfigSource(overAds()))
                        .addHttpFilters(
                                HttpFilter.newBuilder()
                                        .setName("envoy.filters.http.router")
                                        .setTypedConfig(Any.pack(Router.getDefaultInstance())))
                        .build());
    }

    private static Any passthrough() {
        return Any.pack(
                TcpProxy.newBuilder()
                        .setStatPrefix("PassthroughCluster")
                        .setCluster("PassthroughCluster")
                        .build());
    }

    private static FilterChain chain(String filter, Any configuration) {
        return FilterChain.newBuilder()
                .addFilters(Filter.newBuilder().setName(filter).setTypedConfig(configuration))
                .build();
    }

    private static ConfigSource overAds() {
        return ConfigSource.newBuilder()
                .setAds(AggregatedConfigSource.getDefaultInstance())
                .setResourceApiVersion(ApiVersion.V3)
                .build();
    }

    private static Struct field(String name, String value) {
        return Struct.newBuilder()
                .putFields(name, Value.newBuilder().setStringValue(value).build())
                .build();
    }

    private static Address socket(String address, int port) {
        return Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder().setAddress(address).setPortValue(port))
                .build();
    }
}

package io.lateen.bench.control;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.HealthStatus;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.net.InetSocketAddress;
import java.util.List;

/** Envoy's messages, as far as several of a mesh's resources need them alike. */
final class Messages {

    private static final String RULE =
            "/apis/networking.istio.io/v1/namespaces/default/virtualservices/reviews";

    private Messages() {}

    /** A route that a VirtualService asked for. */
    static Route route(String name, String prefix, String cluster) {
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

    /** A cluster whose endpoints come by EDS. */
    static Cluster.Builder eds(String name) {
        return Cluster.newBuilder()
                .setName(name)
                .setType(Cluster.DiscoveryType.EDS)
                .setEdsClusterConfig(
                        Cluster.EdsClusterConfig.newBuilder()
                                .setEdsConfig(overAds())
                                .setServiceName(name))
                .setLbPolicy(Cluster.LbPolicy.LEAST_REQUEST)
                .setConnectTimeout(Duration.newBuilder().setSeconds(10));
    }

    /** Speaks HTTP/2 with the endpoints of a cluster. */
    static Cluster.Builder http2(Cluster.Builder cluster) {
        return cluster.putTypedExtensionProtocolOptions(
                "envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                Any.pack(
                        HttpProtocolOptions.newBuilder()
                                .setExplicitHttpConfig(
                                        HttpProtocolOptions.ExplicitHttpConfig.newBuilder()
                                                .setHttp2ProtocolOptions(
                                                        Http2ProtocolOptions.getDefaultInstance()))
                                .build()));
    }

    /** What is in every proxy: nowhere, and wherever the caller meant. */
    static List<Cluster> builtIn() {
        return List.of(
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

    /** One healthy endpoint. */
    static ClusterLoadAssignment assignment(String cluster, InetSocketAddress endpoint) {
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

    /** An HttpConnectionManager with the router alone; its routes are still to be said. */
    static HttpConnectionManager.Builder connectionManager(String statPrefix) {
        return HttpConnectionManager.newBuilder()
                .setStatPrefix(statPrefix)
                .addHttpFilters(
                        HttpFilter.newBuilder()
                                .setName("envoy.filters.http.router")
                                .setTypedConfig(Any.pack(Router.getDefaultInstance())));
    }

    static FilterChain.Builder http(HttpConnectionManager.Builder manager) {
        return chain("envoy.filters.network.http_connection_manager", manager.build());
    }

    static FilterChain.Builder tcp(String cluster) {
        return chain(
                "envoy.filters.network.tcp_proxy",
                TcpProxy.newBuilder().setStatPrefix(cluster).setCluster(cluster).build());
    }

    private static FilterChain.Builder chain(String filter, Message configuration) {
        return FilterChain.newBuilder()
                .addFilters(
                        Filter.newBuilder()
                                .setName(filter)
                                .setTypedConfig(Any.pack(configuration)));
    }

    /** A transport socket of TLS. */
    static TransportSocket tls(Message context) {
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.tls")
                .setTypedConfig(Any.pack(context))
                .build();
    }

    /** The workload's own certificate to show, and whom the other side must be. */
    static CommonTlsContext own(String identity, List<String> protocols) {
        return CommonTlsContext.newBuilder()
                .addAllAlpnProtocols(protocols)
                .addTlsCertificateSdsSecretConfigs(secret("default"))
                .setCombinedValidationContext(
                        CommonTlsContext.CombinedCertificateValidationContext.newBuilder()
                                .setDefaultValidationContext(
                                        CertificateValidationContext.newBuilder()
                                                .addMatchTypedSubjectAltNames(exact(identity)))
                                .setValidationContextSdsSecretConfig(secret("ROOTCA")))
                .build();
    }

    private static SubjectAltNameMatcher exact(String identity) {
        return SubjectAltNameMatcher.newBuilder()
                .setSanType(SubjectAltNameMatcher.SanType.URI)
                .setMatcher(StringMatcher.newBuilder().setExact(identity))
                .build();
    }

    private static SdsSecretConfig secret(String name) {
        return SdsSecretConfig.newBuilder().setName(name).setSdsConfig(overAds()).build();
    }

    static ConfigSource overAds() {
        return ConfigSource.newBuilder()
                .setAds(AggregatedConfigSource.getDefaultInstance())
                .setResourceApiVersion(ApiVersion.V3)
                .build();
    }

    static Struct field(String name, String value) {
        return Struct.newBuilder()
                .putFields(name, Value.newBuilder().setStringValue(value).build())
                .build();
    }

    static Address socket(String address, int port) {
        return Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder().setAddress(address).setPortValue(port))
                .build();
    }

    static BoolValue yes() {
        return BoolValue.of(true);
    }
}

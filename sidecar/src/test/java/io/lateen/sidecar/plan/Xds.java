package io.lateen.sidecar.plan;

import com.google.protobuf.Any;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TypeRegistry;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.lateen.sidecar.ads.ConfigurationUpdate;
import io.lateen.sidecar.ads.ResourceType;
import io.lateen.sidecar.ads.XdsResource;
import java.util.Arrays;
import java.util.List;

/** xDS resources from protobuf text. */
public final class Xds {

    private static final TextFormat.Parser PARSER =
            TextFormat.Parser.newBuilder()
                    .setTypeRegistry(
                            TypeRegistry.newBuilder()
                                    .add(HttpConnectionManager.getDescriptor())
                                    .add(TcpProxy.getDescriptor())
                                    .add(ProxyProtocol.getDescriptor())
                                    .add(HTTPFault.getDescriptor())
                                    .add(CorsPolicy.getDescriptor())
                                    .add(HttpProtocolOptions.getDescriptor())
                                    .add(DownstreamTlsContext.getDescriptor())
                                    .add(UpstreamTlsContext.getDescriptor())
                                    .add(RawBuffer.getDescriptor())
                                    .add(RBAC.getDescriptor())
                                    .add(LocalRateLimit.getDescriptor())
                                    .add(
                                            io.envoyproxy.envoy.extensions.filters.network.rbac.v3
                                                    .RBAC.getDescriptor())
                                    .build())
                    .build();

    private Xds() {}

    /** An update whose resources are of these texts; each text has its resource's name in it. */
    public static ConfigurationUpdate update(ResourceType type, String... texts) {
        return new ConfigurationUpdate(
                type,
                1,
                Arrays.stream(texts).map(text -> resource(type, text)).toList(),
                List.of());
    }

    /** An update that removes. */
    public static ConfigurationUpdate removal(ResourceType type, String... names) {
        return new ConfigurationUpdate(type, 1, List.of(), List.of(names));
    }

    /** One resource of a text. */
    public static XdsResource resource(ResourceType type, String text) {
        Message message = message(type, text);
        return new XdsResource(
                name(message), Integer.toHexString(text.hashCode()), Any.pack(message));
    }

    /** A filter of a connection manager, of a text. */
    public static HttpFilter httpFilter(String text) {
        HttpFilter.Builder builder = HttpFilter.newBuilder();
        try {
            PARSER.merge(text, ExtensionRegistry.getEmptyRegistry(), builder);
        } catch (TextFormat.ParseException wrong) {
            throw new IllegalArgumentException(wrong.getMessage() + " in: " + text, wrong);
        }
        return builder.build();
    }

    /** An HTTP listener for every host of a port, with routes of its name. */
    public static String httpListener(int port) {
        return """
        name: "0.0.0.0_%1$d"
        address { socket_address { address: "0.0.0.0" port_value: %1$d } }
        bind_to_port { value: false } traffic_direction: OUTBOUND
        filter_chains { filters { name: "http" typed_config {
          [type.googleapis.com/%2$s] {
            stat_prefix: "outbound_0.0.0.0_%1$d"
            rds { config_source { ads {} } route_config_name: "%1$d" }
            upgrade_configs { upgrade_type: "websocket" }
            http_filters { name: "envoy.filters.http.fault" }
            http_filters { name: "envoy.filters.http.cors" }
            http_filters { name: "envoy.filters.http.router" } } } } }
        """
                .formatted(port, HttpConnectionManager.getDescriptor().getFullName());
    }

    /** A listener of its own address with a tcp_proxy, found by {@code host} too. */
    public static String tcpListener(String vip, int port, String host, String cluster) {
        return """
        name: "%1$s_%2$d"
        address { socket_address { address: "%1$s" port_value: %2$d } }
        bind_to_port { value: false } traffic_direction: OUTBOUND
        metadata { filter_metadata { key: "lateen" value { fields { key: "hosts" value {
          list_value { values { string_value: "%3$s" } } } } } } }
        filter_chains { filters { name: "tcp" typed_config {
          [type.googleapis.com/%5$s] {
            stat_prefix: "outbound_%1$s_%2$d" cluster: "%4$s" } } } }
        """
                .formatted(vip, port, host, cluster, TcpProxy.getDescriptor().getFullName());
    }

    /** The listener that the application's calls come to. */
    public static String virtualOutbound(String address, String cluster) {
        return """
        name: "virtualOutbound"
        address { socket_address { address: "%1$s" port_value: 15001 } }
        bind_to_port { value: true } use_original_dst { value: true } traffic_direction: OUTBOUND
        default_filter_chain { filters { name: "tcp" typed_config {
          [type.googleapis.com/%3$s] { stat_prefix: "%2$s" cluster: "%2$s" } } } }
        """
                .formatted(address, cluster, TcpProxy.getDescriptor().getFullName());
    }

    /** A cluster whose endpoints are told apart. */
    public static String edsCluster(String name) {
        return """
        name: "%s" type: EDS connect_timeout { seconds: 10 } lb_policy: LEAST_REQUEST
        eds_cluster_config { eds_config { ads {} } service_name: "%s" }
        """
                .formatted(name, name);
    }

    /** One healthy endpoint of a cluster. */
    public static String endpoint(String cluster, String address, int port) {
        return """
        cluster_name: "%s" endpoints { lb_endpoints { endpoint { address { socket_address {
          address: "%s" port_value: %d } } } } }
        """
                .formatted(cluster, address, port);
    }

    /** A route table with one virtual host of these domains, separated by commas. */
    public static String routes(String name, String domains, String routes) {
        StringBuilder all = new StringBuilder();
        for (String domain : domains.split(",", -1)) {
            all.append("domains: \"").append(domain).append("\" ");
        }
        return "name: \"%s\" ignore_port_in_host_matching: true virtual_hosts { name: \"%s:%s\" %s %s }"
                .formatted(name, domains.split(",", -1)[0], name, all, routes);
    }

    private static String name(Message message) {
        return switch (message) {
            case Cluster cluster -> cluster.getName();
            case ClusterLoadAssignment assignment -> assignment.getClusterName();
            case Listener listener -> listener.getName();
            case RouteConfiguration routes -> routes.getName();
            default -> throw new IllegalArgumentException(message.toString());
        };
    }

    private static Message message(ResourceType type, String text) {
        Message.Builder builder =
                switch (type) {
                    case CLUSTERS -> Cluster.newBuilder();
                    case ENDPOINTS -> ClusterLoadAssignment.newBuilder();
                    case LISTENERS -> Listener.newBuilder();
                    case ROUTES -> RouteConfiguration.newBuilder();
                };
        try {
            PARSER.merge(text, ExtensionRegistry.getEmptyRegistry(), builder);
        } catch (TextFormat.ParseException wrong) {
            throw new IllegalArgumentException(wrong.getMessage() + " in: " + text, wrong);
        }
        return builder.build();
    }
}

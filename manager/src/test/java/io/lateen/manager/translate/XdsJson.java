package io.lateen.manager.translate;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.TcpGrpcAccessLogConfig;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.extensions.filters.http.ratelimit.v3.RateLimit;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.listener.http_inspector.v3.HttpInspector;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.util.List;

/** xDS resources as JSON, and back as messages. */
final class XdsJson {

    private static final TypeRegistry TYPES =
            TypeRegistry.newBuilder()
                    .add(
                            List.of(
                                    Cluster.getDescriptor(),
                                    ClusterLoadAssignment.getDescriptor(),
                                    Listener.getDescriptor(),
                                    RouteConfiguration.getDescriptor(),
                                    HttpConnectionManager.getDescriptor(),
                                    TcpProxy.getDescriptor(),
                                    Router.getDescriptor(),
                                    Cors.getDescriptor(),
                                    CorsPolicy.getDescriptor(),
                                    HTTPFault.getDescriptor(),
                                    HttpInspector.getDescriptor(),
                                    TlsInspector.getDescriptor(),
                                    UpstreamTlsContext.getDescriptor(),
                                    DownstreamTlsContext.getDescriptor(),
                                    RawBuffer.getDescriptor(),
                                    RBAC.getDescriptor(),
                                    io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC
                                            .getDescriptor(),
                                    UriTemplateMatchConfig.getDescriptor(),
                                    HttpProtocolOptions.getDescriptor(),
                                    PreviousHostsPredicate.getDescriptor(),
                                    PreviousPrioritiesConfig.getDescriptor(),
                                    StdoutAccessLog.getDescriptor(),
                                    HttpGrpcAccessLogConfig.getDescriptor(),
                                    TcpGrpcAccessLogConfig.getDescriptor(),
                                    UpstreamTlsContext.getDescriptor(),
                                    RateLimit.getDescriptor()))
                    .build();

    private static final JsonFormat.Printer PRINTER =
            JsonFormat.printer()
                    .usingTypeRegistry(TYPES)
                    .preservingProtoFieldNames()
                    .sortingMapKeys();

    private XdsJson() {}

    static String print(Message message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(
                    "cannot print " + message.getDescriptorForType().getFullName(), e);
        }
    }

    static Cluster cluster(ProxyConfiguration configuration, String name) {
        return unpack(configuration.clusters().get(name), name, Cluster.class);
    }

    static ClusterLoadAssignment endpoints(ProxyConfiguration configuration, String name) {
        return unpack(configuration.endpoints().get(name), name, ClusterLoadAssignment.class);
    }

    static Listener listener(ProxyConfiguration configuration, String name) {
        return unpack(configuration.listeners().get(name), name, Listener.class);
    }

    static RouteConfiguration routes(ProxyConfiguration configuration, String name) {
        return unpack(configuration.routes().get(name), name, RouteConfiguration.class);
    }

    private static <T extends Message> T unpack(
            @org.jspecify.annotations.Nullable XdsResource resource, String name, Class<T> type) {
        if (resource == null) {
            throw new AssertionError("there is no " + type.getSimpleName() + " " + name);
        }
        try {
            return resource.body().unpack(type);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(name, e);
        }
    }
}

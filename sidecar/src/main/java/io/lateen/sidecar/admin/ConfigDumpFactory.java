package io.lateen.sidecar.admin;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.admin.v3.ClustersConfigDump;
import io.envoyproxy.envoy.admin.v3.ConfigDump;
import io.envoyproxy.envoy.admin.v3.EndpointsConfigDump;
import io.envoyproxy.envoy.admin.v3.ListenersConfigDump;
import io.envoyproxy.envoy.admin.v3.RoutesConfigDump;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.listener.http_inspector.v3.HttpInspector;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.lateen.sidecar.ads.ResourceType;
import io.lateen.sidecar.ads.XdsResource;
import java.util.List;
import java.util.function.Function;

/**
 * Prints the resources in force as Envoy's {@code /config_dump} does, secrets masked. The JSON
 * printer and the descriptors it needs are only loaded when a page is asked for.
 */
final class ConfigDumpFactory {

    private final Function<ResourceType, List<XdsResource>> resources;

    /**
     * @param resources those in force of a type
     */
    ConfigDumpFactory(Function<ResourceType, List<XdsResource>> resources) {
        this.resources = resources;
    }

    /** Everything: {@code {"configs": […]}}. */
    String all() {
        ConfigDump.Builder dump = ConfigDump.newBuilder();
        for (ResourceType type : ResourceType.values()) {
            dump.addConfigs(Any.pack(dump(type)));
        }
        return print(dump.build());
    }

    /** One type. */
    String of(ResourceType type) {
        return print(dump(type));
    }

    private Message dump(ResourceType type) {
        List<XdsResource> all = resources.apply(type);
        return switch (type) {
            case CLUSTERS -> {
                ClustersConfigDump.Builder dump = ClustersConfigDump.newBuilder();
                all.forEach(
                        each ->
                                dump.addDynamicActiveClusters(
                                        ClustersConfigDump.DynamicCluster.newBuilder()
                                                .setVersionInfo(each.version())
                                                .setCluster(each.body())));
                yield dump.build();
            }
            case ENDPOINTS -> {
                EndpointsConfigDump.Builder dump = EndpointsConfigDump.newBuilder();
                all.forEach(
                        each ->
                                dump.addDynamicEndpointConfigs(
                                        EndpointsConfigDump.DynamicEndpointConfig.newBuilder()
                                                .setVersionInfo(each.version())
                                                .setEndpointConfig(each.body())));
                yield dump.build();
            }
            case LISTENERS -> {
                ListenersConfigDump.Builder dump = ListenersConfigDump.newBuilder();
                all.forEach(
                        each ->
                                dump.addDynamicListeners(
                                        ListenersConfigDump.DynamicListener.newBuilder()
                                                .setName(each.name())
                                                .setActiveState(
                                                        ListenersConfigDump.DynamicListenerState
                                                                .newBuilder()
                                                                .setVersionInfo(each.version())
                                                                .setListener(each.body()))));
                yield dump.build();
            }
            case ROUTES -> {
                RoutesConfigDump.Builder dump = RoutesConfigDump.newBuilder();
                all.forEach(
                        each ->
                                dump.addDynamicRouteConfigs(
                                        RoutesConfigDump.DynamicRouteConfig.newBuilder()
                                                .setVersionInfo(each.version())
                                                .setRouteConfig(each.body())));
                yield dump.build();
            }
        };
    }

    private static String print(Message message) {
        TypeRegistry types = types();
        try {
            return JsonFormat.printer()
                            .usingTypeRegistry(types)
                            .preservingProtoFieldNames()
                            .print(new RedactionFactory(types).redacted(message))
                    + "\n";
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a resource in force cannot be printed", e);
        }
    }

    private static TypeRegistry types() {
        return TypeRegistry.newBuilder()
                .add(ConfigDump.getDescriptor())
                .add(ClustersConfigDump.getDescriptor())
                .add(EndpointsConfigDump.getDescriptor())
                .add(ListenersConfigDump.getDescriptor())
                .add(RoutesConfigDump.getDescriptor())
                .add(Cluster.getDescriptor())
                .add(ClusterLoadAssignment.getDescriptor())
                .add(Listener.getDescriptor())
                .add(RouteConfiguration.getDescriptor())
                .add(HttpConnectionManager.getDescriptor())
                .add(TcpProxy.getDescriptor())
                .add(HttpInspector.getDescriptor())
                .add(Router.getDescriptor())
                .add(HTTPFault.getDescriptor())
                .add(Cors.getDescriptor())
                .add(CorsPolicy.getDescriptor())
                .add(HttpProtocolOptions.getDescriptor())
                .build();
    }
}

package io.lateen.bench.control;

import com.google.protobuf.Duration;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * What the sidecar of a called workload knows: its application, reached in mutual TLS from one
 * caller, and on another port in TLS from anybody.
 *
 * @param sidecar address of the sidecar that will ask
 * @param caller identity of the one who may call
 * @param mutualPort where a caller shows its certificate
 * @param plainTlsPort where it need not
 * @param application where the requests go
 */
public record CalledResources(
        String sidecar,
        String caller,
        int mutualPort,
        int plainTlsPort,
        InetSocketAddress application)
        implements Resources {

    private static final String CLUSTER = "inbound|9080||";

    @Override
    public List<Cluster> clusters() {
        return List.of(
                Cluster.newBuilder()
                        .setName(CLUSTER)
                        .setType(Cluster.DiscoveryType.STATIC)
                        .setConnectTimeout(Duration.newBuilder().setSeconds(10))
                        .setLoadAssignment(Messages.assignment(CLUSTER, application))
                        .build());
    }

    @Override
    public List<ClusterLoadAssignment> endpoints() {
        return List.of();
    }

    @Override
    public List<Listener> listeners() {
        return List.of(
                inbound("virtualInbound", mutualPort, true),
                inbound(sidecar + "_" + plainTlsPort, plainTlsPort, false));
    }

    private Listener inbound(String name, int port, boolean mutual) {
        FilterChain chain =
                Messages.http(
                                Messages.connectionManager("inbound_0.0.0.0_" + port)
                                        .setRouteConfig(routes(port)))
                        .setName("mtls-http")
                        .setFilterChainMatch(
                                FilterChainMatch.newBuilder().setTransportProtocol("tls"))
                        .setTransportSocket(
                                Messages.tls(
                                        DownstreamTlsContext.newBuilder()
                                                .setRequireClientCertificate(
                                                        Messages.yes().toBuilder().setValue(mutual))
                                                .setCommonTlsContext(
                                                        Messages.own(
                                                                caller, List.of("h2", "http/1.1")))
                                                .build()))
                        .build();
        return Listener.newBuilder()
                .setName(name)
                .setAddress(Messages.socket(sidecar, port))
                .setTrafficDirection(TrafficDirection.INBOUND)
                .addListenerFilters(
                        ListenerFilter.newBuilder()
                                .setName("envoy.filters.listener.tls_inspector")
                                .setTypedConfig(
                                        com.google.protobuf.Any.pack(
                                                TlsInspector.getDefaultInstance())))
                .addFilterChains(chain)
                .build();
    }

    private static RouteConfiguration routes(int port) {
        return RouteConfiguration.newBuilder()
                .setName(CLUSTER)
                .addVirtualHosts(
                        VirtualHost.newBuilder()
                                .setName("inbound|http|" + port)
                                .addDomains("*")
                                .addRoutes(Messages.route("default", "/", CLUSTER)))
                .build();
    }

    @Override
    public List<RouteConfiguration> routes() {
        return List.of();
    }
}

package io.lateen.bench.control;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the sidecar of a caller knows: one service with one VirtualService for each of its ports
 * (requests under a prefix go to subset v1, the rest to the service as a whole), and a mesh of
 * other services around it. Spelled as docs/reference/xds.md says that a manager spells it.
 *
 * @param sidecar address of the sidecar that will ask
 * @param host the service's full name
 * @param prefix what the matched route asks of a path
 * @param ports the service's ports, each with its only endpoint and how that is spoken to
 * @param bytes where the sidecar takes bytes for the first port's endpoint
 * @param others how many services there are beside it, of which nobody calls any
 */
public record CallersResources(
        String sidecar,
        String host,
        String prefix,
        Map<Integer, Port> ports,
        InetSocketAddress bytes,
        int others)
        implements Resources {

    private static final String BYTES = "outbound|9083||reviews-bytes.default.svc.cluster.local";

    /** How the endpoint of a port is spoken to. */
    public enum Speech {
        HTTP1,
        HTTP2,
        /** HTTP/1.1 in mutual TLS. */
        SECURED
    }

    /**
     * A port of the service.
     *
     * @param identity whom an endpoint in mutual TLS must be; else empty
     */
    public record Port(InetSocketAddress endpoint, Speech speech, String identity) {}

    @Override
    public List<Cluster> clusters() {
        List<Cluster> clusters = new ArrayList<>(Messages.builtIn());
        ports.forEach(
                (number, port) -> {
                    clusters.add(cluster(name(number, "v1", host), port));
                    clusters.add(cluster(name(number, "", host), port));
                });
        clusters.add(Messages.eds(BYTES).build());
        otherHosts().forEach(other -> clusters.add(Messages.eds(name(9080, "", other)).build()));
        return clusters;
    }

    private static Cluster cluster(String name, Port port) {
        Cluster.Builder cluster = Messages.eds(name);
        return switch (port.speech()) {
            case HTTP1 -> cluster.build();
            case HTTP2 -> Messages.http2(cluster).build();
            case SECURED ->
                    cluster.setTransportSocket(
                                    Messages.tls(
                                            UpstreamTlsContext.newBuilder()
                                                    .setSni("outbound_.9082_._.reviews")
                                                    .setCommonTlsContext(
                                                            Messages.own(
                                                                    port.identity(),
                                                                    List.of("istio-http/1.1")))
                                                    .build()))
                            .build();
        };
    }

    @Override
    public List<ClusterLoadAssignment> endpoints() {
        List<ClusterLoadAssignment> endpoints = new ArrayList<>();
        ports.forEach(
                (number, port) -> {
                    for (String subset : List.of("v1", "")) {
                        endpoints.add(
                                Messages.assignment(name(number, subset, host), port.endpoint()));
                    }
                });
        InetSocketAddress first = ports.values().iterator().next().endpoint();
        endpoints.add(Messages.assignment(BYTES, first));
        otherHosts()
                .forEach(other -> endpoints.add(Messages.assignment(name(9080, "", other), first)));
        return endpoints;
    }

    @Override
    public List<Listener> listeners() {
        List<Listener> listeners = new ArrayList<>();
        listeners.add(
                outbound("virtualOutbound", sidecar, 15001)
                        .setUseOriginalDst(Messages.yes())
                        .addFilterChains(Messages.tcp("PassthroughCluster"))
                        .build());
        listeners.add(
                outbound("bytes", bytes.getAddress().getHostAddress(), bytes.getPort())
                        .addFilterChains(Messages.tcp(BYTES))
                        .build());
        for (int port : ports.keySet()) {
            listeners.add(
                    outbound("0.0.0.0_" + port, "0.0.0.0", port)
                            .setBindToPort(Messages.yes().toBuilder().setValue(false))
                            .addFilterChains(
                                    Messages.http(
                                            Messages.connectionManager("outbound_0.0.0.0_" + port)
                                                    .setRds(
                                                            Rds.newBuilder()
                                                                    .setRouteConfigName(
                                                                            Integer.toString(port))
                                                                    .setConfigSource(
                                                                            Messages.overAds()))))
                            .build());
        }
        return listeners;
    }

    private static Listener.Builder outbound(String name, String address, int port) {
        return Listener.newBuilder()
                .setName(name)
                .setAddress(Messages.socket(address, port))
                .setTrafficDirection(TrafficDirection.OUTBOUND);
    }

    @Override
    public List<RouteConfiguration> routes() {
        return ports.keySet().stream().map(this::table).toList();
    }

    private RouteConfiguration table(int port) {
        RouteConfiguration.Builder table =
                RouteConfiguration.newBuilder()
                        .setName(Integer.toString(port))
                        .addVirtualHosts(
                                service(host, port)
                                        .addRoutes(
                                                Messages.route(
                                                        "matched", prefix, name(port, "v1", host)))
                                        .addRoutes(
                                                Messages.route(
                                                        "default", "/", name(port, "", host))));
        if (port == 9080) {
            for (String other : otherHosts()) {
                table.addVirtualHosts(
                        service(other, port)
                                .addRoutes(Messages.route("default", "/", name(port, "", other))));
            }
        }
        return table.addVirtualHosts(
                        VirtualHost.newBuilder()
                                .setName("allow_any")
                                .addDomains("*")
                                .addRoutes(
                                        Route.newBuilder()
                                                .setName("allow_any")
                                                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                                                .setRoute(
                                                        RouteAction.newBuilder()
                                                                .setCluster("PassthroughCluster"))))
                .setIgnorePortInHostMatching(true)
                .setValidateClusters(Messages.yes().toBuilder().setValue(false))
                .build();
    }

    private static VirtualHost.Builder service(String fullName, int port) {
        String name = fullName.substring(0, fullName.indexOf('.'));
        return VirtualHost.newBuilder()
                .setName(fullName + ":" + port)
                .addAllDomains(List.of(fullName, fullName + ":" + port, name, name + ":" + port));
    }

    private List<String> otherHosts() {
        return IntStream.range(0, others)
                .mapToObj(number -> "service-" + number + ".default.svc.cluster.local")
                .toList();
    }

    private static String name(int port, String subset, String host) {
        return "outbound|" + port + "|" + subset + "|" + host;
    }
}

package io.lateen.sidecar.quota;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TrafficDirection;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.ratelimit.v3.RateLimitServiceConfig;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.RateLimit;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.CommonGrpcAccessLogConfig;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.envoyproxy.envoy.type.v3.StatusCode;
import io.lateen.sidecar.ads.ConfigurationUpdate;
import io.lateen.sidecar.ads.NodeDescription;
import io.lateen.sidecar.ads.ResourceType;
import io.lateen.sidecar.ads.XdsResource;
import io.lateen.sidecar.exchange.ConnectionObserver;
import io.lateen.sidecar.exchange.ExchangeObserver;
import io.lateen.sidecar.exchange.Observers;
import io.lateen.sidecar.exchange.TcpFlow;
import io.lateen.sidecar.grpc.ClusterChannels;
import io.lateen.sidecar.plan.LivePlan;
import io.lateen.sidecar.plan.PlanCompiler;
import io.lateen.sidecar.report.Reports;
import io.lateen.sidecar.tls.Tls;
import io.lateen.sidecar.transport.Carrying;
import io.lateen.sidecar.transport.Listeners;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import reactor.netty.resources.LoopResources;

/**
 * A sidecar before an application whose callers are counted, configured by xDS as translate does.
 */
final class CountedSidecar implements AutoCloseable {
    private final LoopResources loops = LoopResources.create("counted", 1, 1, true);
    private final Listeners listeners;
    private final Reports reports;

    private CountedSidecar(NodeDescription node) {
        LivePlan live = new LivePlan();
        EventLoopGroup group = loops.onClient(true);
        ClusterChannels channels =
                new ClusterChannels(
                        live,
                        group,
                        loop -> loops.onChannelClass(SocketChannel.class, loop),
                        null,
                        InstantSource.system());
        reports =
                new Reports(
                        new Nobody(),
                        channels,
                        node,
                        "1.0",
                        new Reports.Surroundings(
                                System::nanoTime,
                                System::currentTimeMillis,
                                new SplittableRandom(1)));
        listeners =
                new Listeners(
                        loops,
                        live,
                        reports,
                        new QuotaServiceFactory(channels, System::nanoTime),
                        Carrying.settings(),
                        Tls.none());
    }

    /**
     * What is to be counted, and how.
     *
     * @param deny whether a request is refused when nobody answers
     */
    record Terms(int mixerPort, boolean deny, long deadlineMillis) {}

    static CountedSidecar start(NodeDescription node, InetSocketAddress application, Terms terms) {
        CountedSidecar sidecar = new CountedSidecar(node);
        PlanCompiler compiler = new PlanCompiler(List.of());
        var refused =
                compiler.accept(
                        update(
                                ResourceType.CLUSTERS,
                                cluster("inbound|8080||", application.getPort()),
                                cluster("lateen-mixer", terms.mixerPort())));
        refused.addAll(compiler.accept(update(ResourceType.LISTENERS, listener(terms))));
        if (!refused.isEmpty()) {
            throw new IllegalStateException(refused.toString());
        }
        var unbound = sidecar.listeners.apply(compiler.plan(1));
        if (!unbound.isEmpty()) {
            throw new IllegalStateException(unbound.toString());
        }
        return sidecar;
    }

    InetSocketAddress address() {
        if (listeners.addresses().get("virtualInbound") instanceof InetSocketAddress address) {
            return address;
        }
        throw new IllegalStateException("not bound");
    }

    Reports reports() {
        return reports;
    }

    @Override
    public void close() {
        listeners.close();
        reports.close();
        loops.dispose();
    }

    private static ConfigurationUpdate update(ResourceType type, Message... messages) {
        return new ConfigurationUpdate(
                type,
                1,
                java.util.Arrays.stream(messages)
                        .map(
                                message ->
                                        new XdsResource(
                                                message instanceof Cluster cluster
                                                        ? cluster.getName()
                                                        : "virtualInbound",
                                                "1",
                                                Any.pack(message)))
                        .toList(),
                List.of());
    }

    private static Cluster cluster(String name, int port) {
        return Cluster.newBuilder()
                .setName(name)
                .setType(Cluster.DiscoveryType.STATIC)
                .setLoadAssignment(
                        ClusterLoadAssignment.newBuilder()
                                .setClusterName(name)
                                .addEndpoints(
                                        LocalityLbEndpoints.newBuilder()
                                                .addLbEndpoints(
                                                        LbEndpoint.newBuilder()
                                                                .setEndpoint(
                                                                        Endpoint.newBuilder()
                                                                                .setAddress(
                                                                                        address(
                                                                                                port))))))
                .build();
    }

    private static Address address(int port) {
        return Address.newBuilder()
                .setSocketAddress(
                        SocketAddress.newBuilder().setAddress("127.0.0.1").setPortValue(port))
                .build();
    }

    private static Listener listener(Terms terms) {
        return Listener.newBuilder()
                .setName("virtualInbound")
                .setAddress(address(freePort()))
                .setTrafficDirection(TrafficDirection.INBOUND)
                .addFilterChains(
                        FilterChain.newBuilder()
                                .addFilters(
                                        Filter.newBuilder()
                                                .setName("http")
                                                .setTypedConfig(Any.pack(manager(terms)))))
                .build();
    }

    private static HttpConnectionManager manager(Terms terms) {
        return HttpConnectionManager.newBuilder()
                .setStatPrefix("inbound")
                .addHttpFilters(
                        HttpFilter.newBuilder()
                                .setName("envoy.filters.http.ratelimit")
                                .setTypedConfig(Any.pack(filter(terms))))
                .addHttpFilters(HttpFilter.newBuilder().setName("envoy.filters.http.router"))
                .addAccessLog(
                        AccessLog.newBuilder()
                                .setName("envoy.access_loggers.http_grpc")
                                .setTypedConfig(
                                        Any.pack(
                                                HttpGrpcAccessLogConfig.newBuilder()
                                                        .setCommonConfig(
                                                                CommonGrpcAccessLogConfig
                                                                        .newBuilder()
                                                                        .setLogName("lateen")
                                                                        .setTransportApiVersion(
                                                                                ApiVersion.V3)
                                                                        .setGrpcService(mixer()))
                                                        .build())))
                .setRouteConfig(
                        RouteConfiguration.newBuilder()
                                .setName("inbound|8080||")
                                .addVirtualHosts(
                                        VirtualHost.newBuilder()
                                                .setName("inbound")
                                                .addDomains("*")
                                                .addRoutes(route("/free", false))
                                                .addRoutes(route("/", true))))
                .build();
    }

    private static io.envoyproxy.envoy.extensions.filters.http.ratelimit.v3.RateLimit filter(
            Terms terms) {
        return io.envoyproxy.envoy.extensions.filters.http.ratelimit.v3.RateLimit.newBuilder()
                .setDomain("lateen")
                .setTimeout(
                        Duration.newBuilder().setNanos((int) (terms.deadlineMillis() * 1_000_000)))
                .setFailureModeDeny(terms.deny())
                .setStatusOnError(HttpStatus.newBuilder().setCode(StatusCode.ServiceUnavailable))
                .setRateLimitService(
                        RateLimitServiceConfig.newBuilder()
                                .setTransportApiVersion(ApiVersion.V3)
                                .setGrpcService(mixer()))
                .build();
    }

    private static GrpcService mixer() {
        return GrpcService.newBuilder()
                .setEnvoyGrpc(GrpcService.EnvoyGrpc.newBuilder().setClusterName("lateen-mixer"))
                .build();
    }

    private static Route route(String prefix, boolean counted) {
        RouteAction.Builder action = RouteAction.newBuilder().setCluster("inbound|8080||");
        if (counted) {
            action.addRateLimits(
                    limit().addActions(
                                    RateLimit.Action.newBuilder()
                                            .setRequestHeaders(
                                                    RateLimit.Action.RequestHeaders.newBuilder()
                                                            .setHeaderName("end-user")
                                                            .setDescriptorKey("header:end-user"))));
            action.addRateLimits(
                    limit().addActions(
                                    RateLimit.Action.newBuilder()
                                            .setHeaderValueMatch(
                                                    RateLimit.Action.HeaderValueMatch.newBuilder()
                                                            .setDescriptorKey("no-header:end-user")
                                                            .setDescriptorValue("absent")
                                                            .addHeaders(
                                                                    HeaderMatcher.newBuilder()
                                                                            .setName("end-user")
                                                                            .setPresentMatch(true)
                                                                            .setInvertMatch(
                                                                                    true)))));
        }
        return Route.newBuilder()
                .setMatch(RouteMatch.newBuilder().setPrefix(prefix))
                .setRoute(action)
                .build();
    }

    private static RateLimit.Builder limit() {
        return RateLimit.newBuilder()
                .setStage(UInt32Value.of(0))
                .addActions(
                        RateLimit.Action.newBuilder()
                                .setGenericKey(
                                        RateLimit.Action.GenericKey.newBuilder()
                                                .setDescriptorKey("limit")
                                                .setDescriptorValue("default/a/0")));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Hears of everything and does nothing. */
    private static final class Nobody implements Observers {
        @Override
        public ExchangeObserver exchanges(EventLoop loop) {
            return exchange -> {};
        }

        @Override
        public ConnectionObserver connections(EventLoop loop) {
            return new ConnectionObserver() {
                @Override
                public void opened(TcpFlow flow) {}

                @Override
                public void ended(TcpFlow flow) {}
            };
        }
    }
}

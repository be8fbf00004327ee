package io.lateen.sidecar.transport;

import io.lateen.sidecar.exchange.ClusterFacts;
import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.exchange.WorkloadFacts;
import io.lateen.sidecar.filter.headers.HeaderEdits;
import io.lateen.sidecar.plan.BalancingPlan;
import io.lateen.sidecar.plan.ClusterChoice;
import io.lateen.sidecar.plan.ClusterLimits;
import io.lateen.sidecar.plan.ClusterPlan;
import io.lateen.sidecar.plan.ConnectionPolicy;
import io.lateen.sidecar.plan.Destination;
import io.lateen.sidecar.plan.Discovery;
import io.lateen.sidecar.plan.EndpointPlan;
import io.lateen.sidecar.plan.EndpointTransport;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.HealthCheckPlan;
import io.lateen.sidecar.plan.HttpPlan;
import io.lateen.sidecar.plan.LbPolicy;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Outbound;
import io.lateen.sidecar.plan.OutlierPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.ProxyHeaders;
import io.lateen.sidecar.plan.RouteAction;
import io.lateen.sidecar.plan.RouteOrigin;
import io.lateen.sidecar.plan.RoutePlan;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.sidecar.plan.TcpPlan;
import io.lateen.sidecar.plan.UpstreamTls;
import io.lateen.sidecar.plan.VirtualHostPlan;
import io.lateen.sidecar.route.Rewrite;
import io.lateen.sidecar.route.RouteMatch;
import io.lateen.sidecar.route.VirtualHostTable;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Builds plans for tests, as a manager's configuration would make them. */
public final class Plans {
    /** The rule that every forwarding route here names. */
    public static final String RULE =
            "/apis/networking.istio.io/v1/namespaces/default/virtualservices/reviews";

    private final List<SocketPlan> sockets = new ArrayList<>();
    private final Map<String, ListenerPlan> listeners = new HashMap<>();
    private final Map<String, ListenerPlan> named = new HashMap<>();
    private final Map<String, ClusterPlan> clusters = new HashMap<>();
    private final Map<String, ProxyHeaders> proxied = new HashMap<>();
    private ListenerPlan anyHttp = ListenerPlan.Refused.NO_LISTENER;
    private ListenerPlan anyBytes = ListenerPlan.Refused.NO_LISTENER;

    /** A cluster's parts, with Istio's defaults. */
    public static final class Cluster {
        private final String name;
        private final List<EndpointPlan> endpoints = new ArrayList<>();
        private Discovery discovery = new Discovery.Listed();
        private LbPolicy balancing = new LbPolicy.LeastRequest(2);
        private ClusterLimits limits = ClusterLimits.UNLIMITED;
        private ConnectionPolicy.UpstreamProtocol protocol =
                ConnectionPolicy.UpstreamProtocol.HTTP1;
        private long idleTimeoutNanos;
        private int maxRequests;
        private @Nullable OutlierPlan outlier;
        private @Nullable HealthCheckPlan check;
        private int panicPercent;
        private boolean byLocality;
        private BalancingPlan.@Nullable WarmUp warmUp;
        private boolean external;
        private EndpointTransport transport = EndpointTransport.PLAIN;

        private Cluster(String name) {
            this.name = name;
        }

        public Cluster at(InetSocketAddress... addresses) {
            for (InetSocketAddress each : addresses) {
                endpoint(each, 1, EndpointPlan.Health.HEALTHY, 0);
            }
            return this;
        }

        public Cluster endpoint(
                InetSocketAddress address, int weight, EndpointPlan.Health health, int priority) {
            endpoints.add(
                    new EndpointPlan(
                            address,
                            weight,
                            health,
                            new EndpointPlan.Place(priority, "", 1),
                            WorkloadFacts.UNKNOWN,
                            Map.of()));
            return this;
        }

        /** Adds an endpoint of a locality. */
        public Cluster endpoint(InetSocketAddress address, EndpointPlan.Place place) {
            endpoints.add(
                    new EndpointPlan(
                            address,
                            1,
                            EndpointPlan.Health.HEALTHY,
                            place,
                            WorkloadFacts.UNKNOWN,
                            Map.of()));
            return this;
        }

        public Cluster byLocality() {
            byLocality = true;
            return this;
        }

        public Cluster warmUp(BalancingPlan.WarmUp how) {
            warmUp = how;
            return this;
        }

        public Cluster discovery(Discovery how) {
            discovery = how;
            return this;
        }

        public Cluster balancing(LbPolicy how) {
            balancing = how;
            return this;
        }

        public Cluster limits(ClusterLimits of) {
            limits = of;
            return this;
        }

        public Cluster protocol(ConnectionPolicy.UpstreamProtocol spoken) {
            protocol = spoken;
            return this;
        }

        public Cluster idleTimeout(long nanos) {
            idleTimeoutNanos = nanos;
            return this;
        }

        public Cluster maxRequests(int perConnection) {
            maxRequests = perConnection;
            return this;
        }

        public Cluster outlier(OutlierPlan plan) {
            outlier = plan;
            return this;
        }

        public Cluster check(HealthCheckPlan plan) {
            check = plan;
            return this;
        }

        public Cluster panicPercent(int percent) {
            panicPercent = percent;
            return this;
        }

        public Cluster external() {
            external = true;
            return this;
        }

        /** All endpoints are spoken to in TLS. */
        public Cluster tls(UpstreamTls tls) {
            transport = new EndpointTransport(List.of(), tls);
            return this;
        }

        public Cluster transport(EndpointTransport how) {
            transport = how;
            return this;
        }

        public ClusterPlan plan() {
            return new ClusterPlan(
                    name,
                    discovery,
                    new BalancingPlan(balancing, panicPercent, byLocality, warmUp),
                    endpoints,
                    new ConnectionPolicy(
                            TimeUnit.SECONDS.toNanos(2),
                            idleTimeoutNanos,
                            protocol,
                            maxRequests,
                            0,
                            ConnectionPolicy.TcpKeepAlive.OFF,
                            "h-" + protocol),
                    limits,
                    outlier,
                    check,
                    ClusterFacts.unnamed(name, external),
                    transport);
        }
    }

    public static Cluster cluster(String name) {
        return new Cluster(name);
    }

    /** A route that takes every request to one cluster. */
    public static RoutePlan route(String cluster, ForwardPolicy policy, RequestFilter... filters) {
        return route(
                new RouteAction.Forward(
                        new ClusterChoice.Single(Destination.of(cluster)), Rewrite.NONE, policy),
                filters);
    }

    public static RoutePlan route(RouteAction action, RequestFilter... filters) {
        return new RoutePlan(
                new RouteOrigin("default", RULE, "42"),
                RouteMatch.EVERYTHING,
                List.of(filters),
                HeaderEdits.NONE,
                HeaderEdits.NONE,
                null,
                action);
    }

    public static HttpPlan http(Direction direction, RoutePlan... routes) {
        return new HttpPlan(
                direction,
                "test",
                List.of("websocket"),
                VirtualHostTable.of(
                        true,
                        List.of(
                                new VirtualHostTable.Entry<>(
                                        "*", new VirtualHostPlan("any", List.of(routes))))));
    }

    public static TcpPlan tcp(String cluster) {
        return new TcpPlan(
                "test",
                new ClusterChoice.Single(Destination.of(cluster)),
                0,
                RouteOrigin.unruled("tcp"));
    }

    public Plans with(Cluster cluster) {
        ClusterPlan plan = cluster.plan();
        clusters.put(plan.name(), plan);
        return this;
    }

    public Plans socket(String name, InetSocketAddress at, SocketPlan.Role role) {
        sockets.add(new SocketPlan(name, at, role, null));
        return this;
    }

    public Plans socket(String name, InetSocketAddress at, SocketPlan.Role role, ListenerPlan of) {
        listeners.put(name, of);
        return socket(name, at, role);
    }

    public Plans dependency(String name, InetSocketAddress at, String host, int port) {
        sockets.add(
                new SocketPlan(
                        name,
                        at,
                        SocketPlan.Role.DEPENDENCY,
                        new SocketPlan.Dependency(host, port)));
        return this;
    }

    /** Connections to a socket begin with a PROXY header. */
    public Plans proxied(String socket, ProxyHeaders taken) {
        proxied.put(socket, taken);
        return this;
    }

    public Plans named(String hostAndPort, ListenerPlan listener) {
        named.put(hostAndPort, listener);
        return this;
    }

    public Plans anyHttp(ListenerPlan listener) {
        anyHttp = listener;
        return this;
    }

    public Plans anyBytes(ListenerPlan listener) {
        anyBytes = listener;
        return this;
    }

    public Plan plan() {
        return new Plan(
                1,
                sockets,
                listeners,
                new Outbound(named, Map.of(), Map.of(), Map.of(), anyHttp, anyBytes),
                clusters,
                proxied);
    }

    /** Any port of the loopback address. */
    public static InetSocketAddress anyPort() {
        return new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0);
    }

    /** The plan of a sidecar that passes everything on to its application. */
    public static Plan inbound(InetSocketAddress application) {
        return new Plans()
                .with(cluster("inbound|8080||").at(application))
                .socket(
                        "virtualInbound",
                        anyPort(),
                        SocketPlan.Role.INBOUND,
                        new ListenerPlan.Http(
                                http(
                                        Direction.INBOUND,
                                        route("inbound|8080||", ForwardPolicy.PLAIN))))
                .plan();
    }
}

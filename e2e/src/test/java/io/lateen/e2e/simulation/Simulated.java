package io.lateen.e2e.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.snapshot.Proxy;
import io.lateen.manager.snapshot.ServiceCatalog;
import io.lateen.manager.translate.ProxyConfiguration;
import io.lateen.manager.translate.TranslationSettings;
import io.lateen.manager.translate.Translator;
import io.lateen.model.naming.NodeId;
import io.lateen.model.naming.ProxyType;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ResourceKey;
import io.lateen.model.service.Locality;
import io.lateen.model.service.Workload;
import io.lateen.sidecar.ads.ConfigurationUpdate;
import io.lateen.sidecar.ads.ResourceType;
import io.lateen.sidecar.ads.XdsResource;
import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.HttpProtocol;
import io.lateen.sidecar.exchange.LocalReply;
import io.lateen.sidecar.exchange.RequestFilter;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.filter.fault.Abort;
import io.lateen.sidecar.filter.fault.Delay;
import io.lateen.sidecar.plan.ClusterPlan;
import io.lateen.sidecar.plan.Destination;
import io.lateen.sidecar.plan.EndpointPlan;
import io.lateen.sidecar.plan.HttpPlan;
import io.lateen.sidecar.plan.LbPolicy;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.MirrorPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.PlanCompiler;
import io.lateen.sidecar.plan.RetryCondition;
import io.lateen.sidecar.plan.RetryPlan;
import io.lateen.sidecar.plan.RouteAction;
import io.lateen.sidecar.plan.RoutePlan;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.sidecar.upstream.Addresses;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The mesh itself, without sockets: the manager's translation and the sidecar's plan. */
final class Simulated {
    private static final EventLoop LOOP = new DefaultEventLoop();

    private static final int MILLION = 1_000_000;
    private static final String PASSTHROUGH = "PassthroughCluster";

    private final Plan plan;
    private final boolean gateway;
    private final SplittableRandom random = new SplittableRandom(1);

    Simulated(RandomMesh.Mesh mesh, Viewer viewer) {
        this.gateway = viewer.gateway();
        Map<ResourceKey, Resource> resources =
                mesh.resources().stream()
                        .collect(Collectors.toMap(Resource::key, Function.identity()));
        MeshSnapshot snapshot =
                new MeshSnapshot(
                        7, resources, new ServiceCatalog(mesh.services(), mesh.endpoints()));
        ProxyConfiguration configuration =
                new Translator(TranslationSettings.DEFAULT).translate(snapshot, proxy(viewer));
        this.plan = compile(configuration);
    }

    private static Proxy proxy(Viewer viewer) {
        ProxyType type = viewer.gateway() ? ProxyType.ROUTER : ProxyType.SIDECAR;
        NodeId id = new NodeId(type, "127.9.9.9", "viewer", viewer.namespace(), "cluster.local");
        Workload workload =
                new Workload(
                        "viewer",
                        viewer.namespace(),
                        "viewer",
                        "default",
                        viewer.labels(),
                        "Kubernetes",
                        Locality.UNKNOWN);
        return new Proxy(id, type, "127.9.9.9", workload, "cluster.local", List.of(), Map.of());
    }

    static Plan compile(ProxyConfiguration configuration) {
        PlanCompiler compiler = new PlanCompiler(List.of());
        accept(compiler, ResourceType.CLUSTERS, configuration.clusters().values());
        accept(compiler, ResourceType.ENDPOINTS, configuration.endpoints().values());
        accept(compiler, ResourceType.LISTENERS, configuration.listeners().values());
        accept(compiler, ResourceType.ROUTES, configuration.routes().values());
        assertThat(compiler.missing()).as("resources that others need").isEmpty();
        return compiler.plan(7);
    }

    private static void accept(
            PlanCompiler compiler,
            ResourceType type,
            Collection<io.lateen.manager.translate.XdsResource> resources) {
        List<XdsResource> changed =
                resources.stream()
                        .map(each -> new XdsResource(each.name(), each.version(), each.body()))
                        .toList();
        assertThat(compiler.accept(new ConfigurationUpdate(type, 7, changed, List.of())))
                .as("what the sidecar refuses of %s", type)
                .isEmpty();
    }

    /** What becomes of the request. */
    Decision decide(Request request) {
        ListenerPlan listener =
                gateway
                        ? gatewayListener(request.port())
                        : plan.outbound().byAuthority(request.authority());
        return switch (listener) {
            case ListenerPlan.Http(HttpPlan http) -> byHttp(http, request);
            case ListenerPlan.Sniffed(HttpPlan http, var bytes, var _) -> byHttp(http, request);
            case ListenerPlan.Tcp(var bytes) -> new Decision.Passthrough();
            case ListenerPlan.Chains _ ->
                    throw new IllegalStateException("outbound listeners have no filter chains");
            case ListenerPlan.Refused(var failure) -> new Decision.NoRoute();
        };
    }

    private ListenerPlan gatewayListener(int port) {
        return plan.sockets().stream()
                .filter(socket -> socket.role() == SocketPlan.Role.GATEWAY)
                .filter(socket -> socket.address().getPort() == port)
                .findFirst()
                .map(socket -> plan.listener(socket.name()))
                .orElse(ListenerPlan.Refused.NO_LISTENER);
    }

    private Decision byHttp(HttpPlan http, Request request) {
        RoutePlan route = http.route(head(request), random);
        if (route == null) {
            return new Decision.NoRoute();
        }
        return switch (route.action()) {
            case RouteAction.Direct(var reply) when isBlackHole(route) -> new Decision.NoRoute();
            case RouteAction.Direct(var reply) ->
                    new Decision.Answered(
                            reply.status(), new String(reply.body(), StandardCharsets.UTF_8));
            case RouteAction.Redirected(var redirect) ->
                    new Decision.Redirected(redirect.status(), redirect.location(head(request)));
            case RouteAction.Forward forward -> forwarded(route, forward, request);
            case RouteAction.Nowhere() -> new Decision.NoRoute();
        };
    }

    /** A server without rules is refused by a route of the mesh's own, which answers 404. */
    private boolean isBlackHole(RoutePlan route) {
        return gateway && route.rule().isEmpty();
    }

    private Decision forwarded(RoutePlan route, RouteAction.Forward forward, Request request) {
        List<Destination> destinations = forward.clusters().destinations();
        if (destinations.getFirst().cluster().equals(PASSTHROUGH)) {
            return new Decision.Passthrough();
        }
        int total = destinations.stream().mapToInt(Destination::weight).sum();
        List<Decision.Share> shares = new ArrayList<>();
        Map<String, Decision.Known> known = new TreeMap<>();
        for (Destination destination : destinations) {
            int share = (int) ((long) MILLION * destination.weight() / total);
            shares.add(
                    new Decision.Share(
                            destination.cluster(),
                            share,
                            sent(route, forward, destination, request)));
            known.put(destination.cluster(), known(destination.cluster()));
        }
        SortedMap<String, Integer> mirrors =
                forward.policy().mirrors().stream()
                        .collect(
                                Collectors.toMap(
                                        MirrorPlan::cluster,
                                        MirrorPlan::perMillion,
                                        (a, b) -> a,
                                        TreeMap::new));
        return new Decision.Forwarded(
                route.rule(),
                shares,
                known,
                forward.policy().times().timeoutNanos(),
                retries(forward.policy().retry()),
                faults(route.requestFilters()),
                mirrors);
    }

    private static Decision.Sent sent(
            RoutePlan route,
            RouteAction.Forward forward,
            Destination destination,
            Request request) {
        RequestHead head = head(request);
        route.editRequest(exchange(head), forward, destination);
        SortedMap<String, String> headers = new TreeMap<>();
        for (String name : NaiveForward.TOUCHED) {
            String value = head.header(HeaderName.of(name));
            if (value != null) {
                headers.put(name, value);
            }
        }
        return new Decision.Sent(head.authority(), head.target(), headers);
    }

    /** An exchange that nobody carries: the edits of these routes ask nothing of it. */
    private static Exchange exchange(RequestHead head) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        return new Exchange(
                new Exchange.Carrier() {
                    @Override
                    public void resume() {}

                    @Override
                    public void fail(Failure failure) {}

                    @Override
                    public void answer(LocalReply reply) {}

                    @Override
                    public void resumeAfter(long nanos) {}
                },
                new Exchange.Origin(
                        LOOP,
                        new SplittableRandom(1),
                        Direction.OUTBOUND,
                        HttpProtocol.HTTP_1_1,
                        any,
                        any,
                        Security.PLAIN,
                        0,
                        0),
                head,
                new ResponseHead());
    }

    private Decision.Known known(String name) {
        ClusterPlan cluster = plan.cluster(name);
        if (cluster == null) {
            return Decision.Known.MISSING;
        }
        TreeSet<String> endpoints =
                cluster.endpoints().stream()
                        .map(EndpointPlan::address)
                        .map(Addresses::text)
                        .collect(Collectors.toCollection(TreeSet::new));
        String balancing =
                switch (cluster.balancing().policy()) {
                    case LbPolicy.LeastRequest least -> "LEAST_REQUEST";
                    case LbPolicy.RoundRobin round -> "ROUND_ROBIN";
                    case LbPolicy.Random any -> "RANDOM";
                    case LbPolicy other -> other.toString();
                };
        return new Decision.Known(true, balancing, endpoints);
    }

    private static Decision.Retries retries(RetryPlan retry) {
        if (retry.attempts() == 0) {
            return Decision.Retries.NEVER;
        }
        Set<String> conditions =
                Arrays.stream(RetryCondition.values())
                        .filter(retry::on)
                        .map(RetryCondition::word)
                        .collect(Collectors.toSet());
        return new Decision.Retries(
                retry.attempts(), conditions, retry.statusCodes(), retry.perTryTimeoutNanos());
    }

    private static Decision.Faults faults(List<RequestFilter> filters) {
        Decision.Faults faults = Decision.Faults.NONE;
        for (RequestFilter filter : filters) {
            if (filter instanceof Delay(long nanos, int perMillion)) {
                faults =
                        new Decision.Faults(
                                nanos, perMillion, faults.abort(), faults.abortPerMillion());
            }
            if (filter instanceof Abort abort) {
                faults =
                        new Decision.Faults(
                                faults.delayNanos(),
                                faults.delayPerMillion(),
                                abort.failure().status(),
                                abort.perMillion());
            }
        }
        return faults;
    }

    private static RequestHead head(Request request) {
        RequestHead head = RequestHead.of(request.method(), request.authority(), request.target());
        request.headers()
                .forEach(
                        (name, value) ->
                                head.add(
                                        HeaderName.of(name),
                                        value.getBytes(StandardCharsets.ISO_8859_1)));
        return head;
    }
}

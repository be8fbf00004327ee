package io.lateen.sidecar.plan;

import static io.lateen.sidecar.ads.ResourceType.CLUSTERS;
import static io.lateen.sidecar.ads.ResourceType.ENDPOINTS;
import static io.lateen.sidecar.ads.ResourceType.LISTENERS;
import static io.lateen.sidecar.ads.ResourceType.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlanCompilerTest {

    private static final String REVIEWS = "outbound|9080||reviews.default.svc.cluster.local";

    private final PlanCompiler compiler = new PlanCompiler(List.of());

    @BeforeEach
    void aMeshOfOneService() {
        assertThat(compiler.accept(Xds.update(CLUSTERS, Xds.edsCluster(REVIEWS)))).isEmpty();
        assertThat(
                        compiler.accept(
                                Xds.update(
                                        LISTENERS,
                                        Xds.httpListener(9080),
                                        Xds.virtualOutbound("127.0.1.3", "PassthroughCluster"))))
                .isEmpty();
    }

    @Test
    void saysWhatIsMissingUntilItCame() {
        assertThat(compiler.missing())
                .containsExactlyInAnyOrder("endpoints of " + REVIEWS, "routes 9080");

        compiler.accept(Xds.update(ENDPOINTS, Xds.endpoint(REVIEWS, "127.0.1.4", 15006)));
        compiler.accept(Xds.update(ROUTES, Xds.routes("9080", "reviews", toCluster(REVIEWS))));

        assertThat(compiler.missing()).isEmpty();
    }

    @Test
    void takesARemovedNameForAnEmptyOne() {
        compiler.accept(Xds.removal(ENDPOINTS, REVIEWS));
        compiler.accept(Xds.removal(ROUTES, "9080"));

        assertThat(compiler.missing()).isEmpty();
        assertThat(compiler.plan(1).cluster(REVIEWS)).isNotNull();
    }

    @Test
    void findsTheRouteByAuthorityAndItsCluster() {
        Plan plan = wholePlan();

        HttpPlan http = http(plan.outbound().byAuthority("reviews:9080"));
        RoutePlan route =
                http.route(
                        RequestHead.of("GET", "reviews:9080", "/reviews/0"),
                        new SplittableRandom(1));

        assertThat(route).isNotNull();
        assertThat(route.action())
                .isInstanceOfSatisfying(
                        RouteAction.Forward.class,
                        forward ->
                                assertThat(forward.clusters().destinations().getFirst().cluster())
                                        .isEqualTo(REVIEWS));
        ClusterPlan cluster = plan.cluster(REVIEWS);
        assertThat(cluster).isNotNull();
        assertThat(cluster.endpoints())
                .extracting(EndpointPlan::address)
                .containsExactly(new InetSocketAddress("127.0.1.4", 15006));
    }

    @Test
    void findsAHostWithoutPortByTheOnlyPortThatKnowsIt() {
        Plan plan = wholePlan();

        assertThat(plan.outbound().byAuthority("reviews"))
                .isEqualTo(plan.outbound().byAuthority("reviews:9080"));
        assertThat(plan.outbound().byAuthority("REVIEWS"))
                .as("hosts are compared without regard to case")
                .isEqualTo(plan.outbound().byAuthority("reviews:9080"));
    }

    @Test
    void sendsUnknownHostsWhereUnknownBytesGo() {
        Plan plan = wholePlan();

        HttpPlan http = http(plan.outbound().byAuthority("example.com:8443"));
        RoutePlan route =
                http.route(RequestHead.of("GET", "example.com:8443", "/"), new SplittableRandom(1));

        assertThat(route).isNotNull();
        assertThat(route.routeName()).isEqualTo("allow_any");
        assertThat(plan.outbound().byHostAndPort("example.com", 443))
                .isInstanceOf(ListenerPlan.Tcp.class);
    }

    @Test
    void refusesUnknownHostsWhereOnlyKnownAreAllowed() {
        compiler.accept(
                Xds.update(LISTENERS, Xds.virtualOutbound("127.0.1.3", "BlackHoleCluster")));

        assertThat(compiler.plan(2).outbound().byAuthority("example.com:81"))
                .isInstanceOf(ListenerPlan.Refused.class);
    }

    @Test
    void findsATcpServiceByNameAndByAddress() {
        compiler.accept(
                Xds.update(LISTENERS, Xds.tcpListener("240.240.0.7", 9000, "tcp-echo", "echo")));

        Outbound outbound = compiler.plan(2).outbound();

        ListenerPlan byName = outbound.byHostAndPort("tcp-echo", 9000);
        assertThat(byName)
                .isInstanceOfSatisfying(
                        ListenerPlan.Tcp.class,
                        tcp ->
                                assertThat(tcp.tcp().clusters().destinations())
                                        .containsExactly(Destination.of("echo")));
        assertThat(outbound.byAddress(new InetSocketAddress("240.240.0.7", 9000))).isSameAs(byName);
        assertThat(outbound.byAddress(new InetSocketAddress("10.0.0.1", 9080)))
                .as("an HTTP port serves every address")
                .isInstanceOf(ListenerPlan.Http.class);
    }

    @Test
    void servesADependencysSocketAsItsService() {
        SocketPlan socket =
                new SocketPlan(
                        "dependency_127.0.1.3:6000",
                        new InetSocketAddress("127.0.1.3", 6000),
                        SocketPlan.Role.DEPENDENCY,
                        new SocketPlan.Dependency("tcp-echo", 9000));
        PlanCompiler withDependency = new PlanCompiler(List.of(socket));
        withDependency.accept(
                Xds.update(LISTENERS, Xds.tcpListener("240.240.0.7", 9000, "tcp-echo", "echo")));

        Plan plan = withDependency.plan(1);

        assertThat(plan.sockets()).contains(socket);
        assertThat(plan.listener(socket.name()))
                .isSameAs(plan.outbound().byHostAndPort("tcp-echo", 9000));
    }

    @Test
    void keepsTheLastGoodVersionOfARefusedResource() {
        RoutePlan before = onlyRoute(wholePlan());

        var rejections =
                compiler.accept(
                        Xds.update(
                                ROUTES,
                                Xds.routes(
                                        "9080",
                                        "reviews",
                                        "routes { match { safe_regex { regex: \"(\" } } route {"
                                                + " cluster: \"x\" } }")));

        assertThat(rejections)
                .singleElement()
                .satisfies(
                        each ->
                                assertThat(each.message())
                                        .startsWith("9080: virtual_hosts[reviews:9080].routes[0]")
                                        .contains("safe_regex", "RE2"));
        assertThat(onlyRoute(compiler.plan(2))).isSameAs(before);
    }

    @Test
    void takesTheGoodResourcesOfAResponseThatHoldsABadOne() {
        var rejections =
                compiler.accept(
                        Xds.update(
                                CLUSTERS,
                                "name: \"bad\" ignore_health_on_host_removal: true",
                                Xds.edsCluster("good")));

        assertThat(rejections)
                .singleElement()
                .satisfies(e -> assertThat(e.resource()).isEqualTo("bad"));
        assertThat(compiler.plan(2).clusters()).containsKey("good").doesNotContainKey("bad");
    }

    @Test
    void recompilesOnlyWhatChanged() {
        compiler.accept(Xds.update(CLUSTERS, Xds.edsCluster("other")));
        compiler.accept(Xds.update(ENDPOINTS, Xds.endpoint("other", "127.0.1.9", 1)));
        Plan before = wholePlan();

        compiler.accept(Xds.update(ENDPOINTS, Xds.endpoint(REVIEWS, "127.0.1.5", 15006)));
        Plan after = compiler.plan(2);

        assertThat(after.cluster("other")).isSameAs(before.cluster("other"));
        assertThat(after.cluster(REVIEWS)).isNotSameAs(before.cluster(REVIEWS));
        assertThat(after.outbound()).isSameAs(before.outbound());
    }

    @Test
    void givesEqualWorkloadsOneInstanceOverAllPlans() {
        String withMetadata =
                """
                cluster_name: "%s" endpoints { lb_endpoints {
                  endpoint { address { socket_address { address: "127.0.1.4" port_value: %d } } }
                  metadata { filter_metadata { key: "istio" value { fields { key: "workload"
                    value { string_value: "reviews-v1;default;reviews;v1;Kubernetes" } } } } } } }
                """;
        compiler.accept(Xds.update(ENDPOINTS, withMetadata.formatted(REVIEWS, 1)));
        var first = compiler.plan(1).clusters().get(REVIEWS);
        compiler.accept(Xds.update(ENDPOINTS, withMetadata.formatted(REVIEWS, 2)));
        var second = compiler.plan(2).clusters().get(REVIEWS);

        assertThat(first).isNotNull();
        assertThat(second).isNotNull();
        assertThat(first.endpoints().getFirst().workload().canonicalRevision()).isEqualTo("v1");
        assertThat(second.endpoints().getFirst().workload())
                .isSameAs(first.endpoints().getFirst().workload());
    }

    @Test
    void aShareMayHaveAnAuthorityOfItsOwn() {
        compiler.accept(Xds.update(ENDPOINTS, Xds.endpoint(REVIEWS, "127.0.1.4", 15006)));
        compiler.accept(
                Xds.update(
                        ROUTES,
                        Xds.routes(
                                "9080",
                                "reviews",
                                """
                                routes { match { prefix: "/" } route { timeout {} weighted_clusters {
                                  clusters { name: "a" weight { value: 1 } host_rewrite_literal: "a.example.com" }
                                  clusters { name: "b" weight { value: 1 } } } } }
                                """)));
        RoutePlan route = onlyRoute(compiler.plan(1));
        RouteAction.Forward forward = (RouteAction.Forward) route.action();
        RequestHead toA = RequestHead.of("GET", "reviews:9080", "/");
        RequestHead toB = RequestHead.of("GET", "reviews:9080", "/");

        route.editRequest(
                Exchanges.of(toA, new ResponseHead()),
                forward,
                forward.clusters().destinations().getFirst());
        route.editRequest(
                Exchanges.of(toB, new ResponseHead()),
                forward,
                forward.clusters().destinations().getLast());

        assertThat(toA.authority()).isEqualTo("a.example.com");
        assertThat(toB.authority()).isEqualTo("reviews:9080");
    }

    static String toCluster(String cluster) {
        return "routes { name: \"default\" match { prefix: \"/\" } route { cluster: \"%s\" timeout {} } }"
                .formatted(cluster);
    }

    private Plan wholePlan() {
        compiler.accept(Xds.update(ENDPOINTS, Xds.endpoint(REVIEWS, "127.0.1.4", 15006)));
        compiler.accept(
                Xds.update(ROUTES, Xds.routes("9080", "reviews,reviews:9080", toCluster(REVIEWS))));
        return compiler.plan(1);
    }

    private static RoutePlan onlyRoute(Plan plan) {
        RoutePlan route =
                http(plan.outbound().byAuthority("reviews:9080"))
                        .route(RequestHead.of("GET", "reviews:9080", "/"), new SplittableRandom(1));
        assertThat(route).isNotNull();
        return route;
    }

    private static HttpPlan http(ListenerPlan listener) {
        assertThat(listener).isInstanceOf(ListenerPlan.Http.class);
        return ((ListenerPlan.Http) listener).http();
    }
}

package io.lateen.sidecar.plan;

import static io.lateen.sidecar.ads.ResourceType.CLUSTERS;
import static io.lateen.sidecar.ads.ResourceType.LISTENERS;
import static io.lateen.sidecar.ads.ResourceType.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.filter.cors.Cors;
import io.lateen.sidecar.filter.fault.Abort;
import io.lateen.sidecar.filter.fault.Delay;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RouteCompilationTest {

    @Test
    void namesTheRuleBehindARoute() {
        RoutePlan route =
                compile(
                        """
                        name: "jason" match { prefix: "/" } route { cluster: "x" }
                        metadata {
                          filter_metadata { key: "istio" value { fields { key: "config" value {
                            string_value: "/apis/networking.istio.io/v1/namespaces/default/virtualservices/reviews" } } } }
                          filter_metadata { key: "lateen" value { fields { key: "revision" value {
                            string_value: "42" } } } } }
                        """);

        assertThat(route.routeName()).isEqualTo("jason");
        assertThat(route.rule())
                .isEqualTo(
                        "/apis/networking.istio.io/v1/namespaces/default/virtualservices/reviews");
        assertThat(route.ruleRevision()).isEqualTo("42");
    }

    @Test
    void choosesDestinationsByWeightAndNeverOneOfWeightZero() {
        RouteAction.Forward forward =
                forward(
                        """
                        weighted_clusters {
                          clusters { name: "v1" weight { value: 75 } }
                          clusters { name: "v2" weight { value: 0 } }
                          clusters { name: "v3" weight { value: 25 } } }
                        """);

        SplittableRandom random = new SplittableRandom(7);
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 10_000; i++) {
            counts.merge(forward.clusters().choose(random).cluster(), 1, Integer::sum);
        }

        assertThat(counts).containsOnlyKeys("v1", "v3");
        assertThat(counts.get("v1")).isBetween(7_300, 7_700);
    }

    @Test
    void readsTheDefaultRetryPolicy() {
        RetryPlan retry =
                forward(
                                """
                                cluster: "x" retry_policy {
                                  retry_on: "connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes"
                                  num_retries { value: 2 } retriable_status_codes: 503
                                  retry_host_predicate { name: "envoy.retry_host_predicates.previous_hosts" }
                                  host_selection_retry_max_attempts: 5 }
                                """)
                        .policy()
                        .retry();

        assertThat(retry.attempts()).isEqualTo(2);
        assertThat(retry.on(RetryCondition.CONNECT_FAILURE)).isTrue();
        assertThat(retry.on(RetryCondition.FIVE_XX)).isFalse();
        assertThat(retry.onStatus(503)).isTrue();
        assertThat(retry.onStatus(500)).isFalse();
        assertThat(retry.onGrpcStatus(14)).isTrue();
        assertThat(retry.onGrpcStatus(13)).isFalse();
        assertThat(retry.avoidPreviousHosts()).isTrue();
        assertThat(retry.hostSelectionAttempts()).isEqualTo(5);
        assertThat(retry.backOffBaseNanos()).isEqualTo(Duration.ofMillis(25).toNanos());
        assertThat(retry.backOffMaxNanos()).isEqualTo(Duration.ofMillis(250).toNanos());
    }

    @Test
    void takesEnvoysTimeoutWhereNoneIsGivenAndNoneForZero() {
        assertThat(forward("cluster: \"x\"").policy().times().timeoutNanos())
                .isEqualTo(Duration.ofSeconds(15).toNanos());
        assertThat(forward("cluster: \"x\" timeout {}").policy().times().timeoutNanos()).isZero();
        assertThat(
                        forward("cluster: \"x\" timeout { nanos: 500000000 }")
                                .policy()
                                .times()
                                .timeoutNanos())
                .isEqualTo(Duration.ofMillis(500).toNanos());
    }

    @Test
    void runsTheDelayBeforeTheAbortAndEachByItsOwnShare() {
        RoutePlan route =
                compile(
                        """
                        match { prefix: "/" } route { cluster: "x" }
                        typed_per_filter_config { key: "envoy.filters.http.fault" value {
                          [type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault] {
                            delay { fixed_delay { seconds: 7 } percentage { numerator: 10 denominator: HUNDRED } }
                            abort { http_status: 500 percentage { numerator: 1 denominator: TEN_THOUSAND } } } } }
                        """);

        assertThat(route.requestFilters()).hasSize(2);
        assertThat(route.requestFilters().getFirst())
                .isEqualTo(new Delay(Duration.ofSeconds(7).toNanos(), 100_000));
        assertThat(route.requestFilters().getLast()).isInstanceOf(Abort.class);
        assertThat(route.requestFilters().getLast().toString()).contains("500").contains("=100]");
    }

    @Test
    void abortsWithAStatusOfGrpc() {
        RoutePlan route =
                compile(
                        """
                        match { prefix: "/" } route { cluster: "x" }
                        typed_per_filter_config { key: "envoy.filters.http.fault" value {
                          [type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault] {
                            abort { grpc_status: 14 percentage { numerator: 100 } } } } }
                        """);

        assertThat(route.requestFilters())
                .containsExactly(new Abort(new Failure.FaultAborted(503, 14), 1_000_000));
    }

    @Test
    void leavesAFaultOfNoRequestsOut() {
        RoutePlan route =
                compile(
                        """
                        match { prefix: "/" } route { cluster: "x" }
                        typed_per_filter_config { key: "envoy.filters.http.fault" value {
                          [type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault] {
                            delay { fixed_delay { seconds: 7 } percentage {} } } } }
                        """);

        assertThat(route.requestFilters()).isEmpty();
    }

    @Test
    void editsHeadersOfTheRouteBeforeThoseOfTheDestination() {
        RoutePlan route =
                compile(
                        """
                        match { prefix: "/api" }
                        request_headers_to_add { header { key: "x-who" value: "route" }
                          append_action: OVERWRITE_IF_EXISTS_OR_ADD }
                        request_headers_to_remove: "x-gone"
                        response_headers_to_add { header { key: "x-who" value: "route" }
                          append_action: OVERWRITE_IF_EXISTS_OR_ADD }
                        route { prefix_rewrite: "/" host_rewrite_literal: "inner"
                          weighted_clusters { clusters { name: "a" weight { value: 1 }
                            request_headers_to_add { header { key: "x-who" value: "destination" }
                              append_action: OVERWRITE_IF_EXISTS_OR_ADD }
                            response_headers_to_add { header { key: "x-who" value: "destination" }
                              append_action: OVERWRITE_IF_EXISTS_OR_ADD } } } }
                        """);
        RouteAction.Forward forward = (RouteAction.Forward) route.action();
        Destination destination = forward.clusters().choose(new SplittableRandom(1));
        RequestHead request = RequestHead.of("GET", "outer", "/api/x?q");
        request.add(HeaderName.of("x-gone"), new byte[] {'1'});
        ResponseHead response = new ResponseHead();

        Exchange exchange = Exchanges.of(request, response);
        route.editRequest(exchange, forward, destination);
        route.editResponse(exchange, response, destination);

        assertThat(request.target()).isEqualTo("//x?q");
        assertThat(request.authority()).isEqualTo("inner");
        assertThat(request.header(HeaderName.of("x-who"))).isEqualTo("destination");
        assertThat(request.has(HeaderName.of("x-gone"))).isFalse();
        assertThat(response.header(HeaderName.of("x-who"))).isEqualTo("route");
    }

    @Test
    void marksResponsesForAllowedOriginsAlone() {
        RoutePlan route =
                compile(
                        """
                        match { prefix: "/" } route { cluster: "x" }
                        typed_per_filter_config { key: "envoy.filters.http.cors" value {
                          [type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy] {
                            allow_origin_string_match { exact: "https://good.example" }
                            allow_credentials { value: true } expose_headers: "x-a" } } }
                        """);
        Cors cors = route.cors();
        assertThat(cors).isNotNull();
        HeaderName allow = HeaderName.of("access-control-allow-origin");

        ResponseHead good = marked(cors, "https://good.example");
        ResponseHead bad = marked(cors, "https://bad.example");

        assertThat(good.header(allow)).isEqualTo("https://good.example");
        assertThat(good.header(HeaderName.of("access-control-allow-credentials")))
                .isEqualTo("true");
        assertThat(good.header(HeaderName.of("access-control-expose-headers"))).isEqualTo("x-a");
        assertThat(bad.has(allow)).isFalse();
    }

    @Test
    void readsMirrorsAndHashPolicies() {
        ForwardPolicy policy =
                forward(
                                """
                                cluster: "x"
                                request_mirror_policies { cluster: "shadow" runtime_fraction {
                                  default_value { numerator: 50 denominator: HUNDRED } } }
                                hash_policy { header { header_name: "x-user" } terminal: true }
                                hash_policy { cookie { name: "c" ttl { seconds: 60 } path: "/" } }
                                hash_policy { connection_properties { source_ip: true } }
                                hash_policy { query_parameter { name: "q" } }
                                """)
                        .policy();

        assertThat(policy.mirrors()).containsExactly(new MirrorPlan("shadow", 500_000));
        assertThat(policy.hashPolicies())
                .containsExactly(
                        new HashPolicy.Header(HeaderName.of("x-user"), true),
                        new HashPolicy.Cookie("c", 60, "/", "", false),
                        new HashPolicy.SourceIp(false),
                        new HashPolicy.QueryParameter("q", false));
    }

    @Test
    void reusesVirtualHostsThatDidNotChange() {
        PlanCompiler compiler = new PlanCompiler(List.of());
        compiler.accept(Xds.update(LISTENERS, Xds.httpListener(80)));
        String two =
                "name: \"80\" virtual_hosts { name: \"a\" domains: \"a\" routes { match { prefix:"
                        + " \"/\" } route { cluster: \"%s\" } } } virtual_hosts { name: \"b\""
                        + " domains: \"b\" routes { match { prefix: \"/\" } route { cluster: \"b\" } }"
                        + " }";
        compiler.accept(Xds.update(ROUTES, two.formatted("a1")));
        VirtualHostTable before = tables(compiler);
        compiler.accept(Xds.update(ROUTES, two.formatted("a2")));
        VirtualHostTable after = tables(compiler);

        assertThat(after.b()).isSameAs(before.b());
        assertThat(after.a()).isNotSameAs(before.a());
    }

    @Test
    void compilesAThousandServicesInReasonableTime() {
        PlanCompiler compiler = new PlanCompiler(List.of());
        StringBuilder table = new StringBuilder("name: \"80\" ignore_port_in_host_matching: true ");
        String[] clusters = new String[1_000];
        for (int i = 0; i < 1_000; i++) {
            clusters[i] = Xds.edsCluster("outbound|80||s" + i);
            table.append(
                    "virtual_hosts { name: \"s%1$d\" domains: \"s%1$d\" domains: \"s%1$d.default\" routes { match { prefix: \"/\" } route { cluster: \"outbound|80||s%1$d\" } } } "
                            .formatted(i));
        }
        var clusterUpdate = Xds.update(CLUSTERS, clusters);
        var routeUpdate = Xds.update(ROUTES, table.toString());
        compiler.accept(Xds.update(LISTENERS, Xds.httpListener(80)));

        long start = System.nanoTime();
        assertThat(compiler.accept(clusterUpdate)).isEmpty();
        assertThat(compiler.accept(routeUpdate)).isEmpty();
        Plan plan = compiler.plan(1);
        long cold = System.nanoTime() - start;
        start = System.nanoTime();
        compiler.accept(
                Xds.update(ROUTES, table.toString().replace("\"outbound|80||s7\"", "\"other\"")));
        compiler.plan(2);
        long change = System.nanoTime() - start;

        System.out.printf(
                "1,000 services: first plan %d ms, one route changed %d ms%n",
                cold / 1_000_000, change / 1_000_000);
        assertThat(plan.clusters()).hasSize(1_000);
        assertThat(Duration.ofNanos(cold)).isLessThan(Duration.ofSeconds(10));
    }

    private record VirtualHostTable(Object a, Object b) {}

    private static VirtualHostTable tables(PlanCompiler compiler) {
        ListenerPlan listener = compiler.plan(1).outbound().byAuthority("a:80");
        assertThat(listener).isInstanceOf(ListenerPlan.Http.class);
        var hosts = ((ListenerPlan.Http) listener).http().virtualHosts();
        VirtualHostPlan a = hosts.find("a");
        VirtualHostPlan b = hosts.find("b");
        assertThat(a).isNotNull();
        assertThat(b).isNotNull();
        return new VirtualHostTable(a, b);
    }

    private static ResponseHead marked(Cors cors, String origin) {
        RequestHead request = RequestHead.of("GET", "h", "/");
        request.add(HeaderName.ORIGIN, origin.getBytes(StandardCharsets.US_ASCII));
        ResponseHead response = new ResponseHead();
        cors.mark(request, response);
        return response;
    }

    private static RouteAction.Forward forward(String action) {
        return (RouteAction.Forward)
                compile("match { prefix: \"/\" } route { " + action + " }").action();
    }

    private static RoutePlan compile(String route) {
        PlanCompiler compiler = new PlanCompiler(List.of());
        assertThat(compiler.accept(Xds.update(LISTENERS, Xds.httpListener(80)))).isEmpty();
        assertThat(
                        compiler.accept(
                                Xds.update(
                                        ROUTES, Xds.routes("80", "*", "routes { " + route + " }"))))
                .isEmpty();
        ListenerPlan listener = compiler.plan(1).outbound().byAuthority("any:80");
        assertThat(listener).isInstanceOf(ListenerPlan.Http.class);
        VirtualHostPlan host = ((ListenerPlan.Http) listener).http().virtualHosts().find("any");
        assertThat(host).isNotNull();
        return host.routes().getFirst();
    }
}

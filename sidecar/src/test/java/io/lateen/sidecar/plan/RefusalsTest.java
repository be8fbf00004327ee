package io.lateen.sidecar.plan;

import static io.lateen.sidecar.ads.ResourceType.CLUSTERS;
import static io.lateen.sidecar.ads.ResourceType.ENDPOINTS;
import static io.lateen.sidecar.ads.ResourceType.LISTENERS;
import static io.lateen.sidecar.ads.ResourceType.ROUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.ads.Rejection;
import io.lateen.sidecar.ads.ResourceType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not understood is refused: by resource, field and reason. */
class RefusalsTest {

    record Case(ResourceType type, String text, String field, String reason) {}

    static Stream<Case> everyRefusal() {
        return Stream.of(
                cluster(
                        "transport_socket { name: \"tls\" }",
                        "transport_socket",
                        "expected UpstreamTlsContext"),
                cluster("connect_timeout { seconds: -1 }", "connect_timeout", "negative"),
                cluster("lb_policy: LOAD_BALANCING_POLICY_CONFIG", "lb_policy", "not supported"),
                cluster("cluster_type { name: \"x\" }", "cluster_type", "not supported"),
                cluster("type: LOGICAL_DNS", "load_assignment", "expects one"),
                cluster(
                        "health_checks { timeout { seconds: 1 } interval { seconds: 1 }"
                                + " unhealthy_threshold { value: 1 } healthy_threshold { value: 1"
                                + " } }",
                        "health_checks[0]",
                        "grpc_health_check"),
                cluster(
                        "health_checks { timeout { seconds: 1 } interval { seconds: 1 }"
                                + " unhealthy_threshold { value: 1 } healthy_threshold { value: 1"
                                + " } http_health_check { path: \"healthz\" } }",
                        "health_checks[0].http_health_check.path",
                        "expected a path"),
                cluster(
                        "health_checks { interval { seconds: 1 } tcp_health_check {} }",
                        "health_checks[0].timeout",
                        "expected more"),
                cluster(
                        "health_checks { tls_options { alpn_protocols: \"h2\" } }",
                        "health_checks.tls_options",
                        "not supported"),
                cluster(
                        "common_lb_config { zone_aware_lb_config {} }",
                        "common_lb_config.zone_aware_lb_config",
                        "not supported"),
                cluster(
                        "lb_policy: MAGLEV maglev_lb_config { table_size { value: 1024 } }",
                        "maglev_lb_config.table_size",
                        "prime"),
                cluster(
                        "lb_policy: RING_HASH ring_hash_lb_config {"
                                + " minimum_ring_size { value: 2048 }"
                                + " maximum_ring_size { value: 1024 } }",
                        "ring_hash_lb_config.maximum_ring_size",
                        "minimum"),
                cluster(
                        "lb_policy: ROUND_ROBIN round_robin_lb_config { slow_start_config {"
                                + " slow_start_window { seconds: 60 }"
                                + " aggression { default_value: -1 } } }",
                        "round_robin_lb_config.slow_start_config.aggression",
                        "more than 0"),
                cluster(
                        "outlier_detection { enforcing_success_rate { value: 100 } }",
                        "outlier_detection.enforcing_success_rate",
                        "expects 0"),
                cluster(
                        "outlier_detection { enforcing_consecutive_5xx { value: 50 } }",
                        "outlier_detection.enforcing_consecutive_5xx",
                        "expects 0 or 100"),
                cluster(
                        "circuit_breakers { thresholds { priority: HIGH } }",
                        "circuit_breakers.thresholds",
                        "DEFAULT"),
                cluster(
                        "circuit_breakers { thresholds { retry_budget { budget_percent { value: 101 } } } }",
                        "circuit_breakers.thresholds.retry_budget.budget_percent",
                        "0..100"),
                new Case(
                        ENDPOINTS,
                        "cluster_name: \"c\" endpoints { lb_endpoints { endpoint { address {"
                                + " socket_address { address: \"a.example\" port_value: 1 } } } } }",
                        "endpoints[0].lb_endpoints[0].endpoint.address.address",
                        "IP address"),
                new Case(
                        ENDPOINTS,
                        "cluster_name: \"c\" endpoints { lb_endpoints { endpoint { address {"
                                + " socket_address { address: \"1.2.3.4\" port_value: 0 } } } } }",
                        "endpoints[0].lb_endpoints[0].endpoint.address.port_value",
                        "1..65535"),
                new Case(
                        ENDPOINTS,
                        "cluster_name: \"c\" policy { drop_overloads { category: \"x\" } }",
                        "policy.drop_overloads",
                        "not supported"),
                listener("", "filter_chains", "are none"),
                listener("filter_chains { filters {} filters {} }", "filters[0]", "network.rbac"),
                listener(
                        "filter_chains { transport_socket { name: \"tls\" } }",
                        "filter_chains[0].transport_socket.typed_config",
                        "expected DownstreamTlsContext"),
                listener(
                        "filter_chains { filter_chain_match { source_ports: 1 } }",
                        "filter_chains.filter_chain_match.source_ports",
                        "not supported"),
                listener(
                        http(
                                "http_protocol_options { header_key_format {"
                                        + " proper_case_words {} } }"),
                        "http_protocol_options.header_key_format.proper_case_words",
                        "preserve_case"),
                listener(
                        http("http_protocol_options { default_host_for_http_10: \"a\" }"),
                        "http_protocol_options.default_host_for_http_10",
                        "not supported"),
                listener(
                        "listener_filters { name: \"envoy.filters.listener.local_ratelimit\" }",
                        "listener_filters[0].name",
                        "tls_inspector"),
                listener(
                        http("stat_prefix: \"x\" rds { route_config_name: \"r\" }"),
                        "http_filters",
                        "router"),
                listener(
                        http("rds { route_config_name: \"r\" } http_filters { name: \"lua\" }"),
                        "http_filters[0]",
                        "'lua'"),
                listener(
                        http("stream_idle_timeout { seconds: 5 } rds { route_config_name: \"r\" }"),
                        "stream_idle_timeout",
                        "expected 0s"),
                listener(
                        http("codec_type: HTTP3 rds { route_config_name: \"r\" }"),
                        "codec_type",
                        "expected AUTO"),
                listener(
                        http(
                                "generate_request_id { value: false } rds { route_config_name:"
                                        + " \"r\" }"),
                        "generate_request_id",
                        "expected true"),
                listener(
                        http("server_name: \"a\\nb\" rds { route_config_name: \"r\" }"),
                        "server_name",
                        "printable"),
                listener(
                        http("tracing {} rds { route_config_name: \"r\" }"),
                        "tracing",
                        "not supported"),
                route("match { prefix: \"/\" }", "routes[0]", "no action"),
                route("route { cluster: \"x\" }", "routes[0].match", "no path"),
                forward("cluster_header: \"x\"", "route.cluster_header", "not supported"),
                forward(
                        "weighted_clusters { clusters { name: \"a\" weight {} } }",
                        "route.weighted_clusters",
                        "sum to 0"),
                forward("cluster: \"x\" timeout { seconds: -1 }", "route.timeout", "negative"),
                forward(
                        "cluster: \"x\" max_grpc_timeout { seconds: -2 }",
                        "route.max_grpc_timeout",
                        "negative"),
                forward(
                        "cluster: \"x\" retry_policy { retry_on: \"5xx,never\" }",
                        "route.retry_policy.retry_on",
                        "'never'"),
                forward(
                        "cluster: \"x\" retry_policy { retriable_status_codes: 99 }",
                        "route.retry_policy.retriable_status_codes",
                        "100..599"),
                forward(
                        "cluster: \"x\" retry_policy { retry_host_predicate { name: \"odd\" } }",
                        "route.retry_policy.retry_host_predicate",
                        "previous_hosts"),
                forward(
                        "cluster: \"x\" regex_rewrite { pattern { regex: \"a\" } substitution:"
                                + " \"\\\\1\" }",
                        "route.regex_rewrite.substitution",
                        "group from 0 to 0"),
                forward(
                        "cluster: \"x\" auto_host_rewrite {}",
                        "route.auto_host_rewrite",
                        "not sup"),
                forward(
                        "cluster: \"x\" hash_policy { filter_state { key: \"k\" } }",
                        "route.hash_policy.filter_state",
                        "not supported"),
                forward(
                        "cluster: \"x\" rate_limits { limit {} }",
                        "route.rate_limits.limit",
                        "not supported"),
                forward(
                        "cluster: \"x\" rate_limits { actions { source_cluster {} } }",
                        "route.rate_limits.actions.source_cluster",
                        "not supported"),
                route(
                        "match { prefix: \"/\" headers { name: \":status\" present_match: true } }"
                                + " route { cluster: \"x\" }",
                        "match.headers[0].name",
                        ":method"),
                route(
                        "match { prefix: \"/\" headers { name: \"a b\" present_match: true } }"
                                + " route { cluster: \"x\" }",
                        "match.headers[0].name",
                        "a b"),
                route(
                        "match { prefix: \"/\" } route { cluster: \"x\" } request_headers_to_add {"
                                + " header { key: \"a\" value: \"%HOSTNAME%\" } }",
                        "request_headers_to_add[0].header.value", "%HOSTNAME%"),
                route(
                        "match { prefix: \"/\" } route { cluster: \"x\" } request_headers_to_add {"
                                + " header { key: \"Host\" value: \"a\" } }",
                        "request_headers_to_add[0].header.key",
                        "rewritten"),
                route(
                        "match { prefix: \"/\" } direct_response { status: 99 }",
                        "direct_response.status",
                        "200..599"),
                route(
                        "match { prefix: \"/\" } direct_response { status: 200 body { filename:"
                                + " \"/etc/passwd\" } }",
                        "direct_response.body",
                        "inline_string"),
                // Attack D4: what is written into a request line or a header ends neither.
                forward(
                        "cluster: \"x\" prefix_rewrite: \"/ HTTP/1.1\\r\\nX: y\"",
                        "route.prefix_rewrite",
                        "a line end"),
                forward(
                        "cluster: \"x\" regex_rewrite { pattern { regex: \"a\" } substitution:"
                                + " \"b\\r\\nX: y\" }",
                        "route.regex_rewrite.substitution",
                        "a line end"),
                forward(
                        "cluster: \"x\" host_rewrite_literal: \"a\\r\\nX: y\"",
                        "route.host_rewrite_literal",
                        "a line end"),
                route(
                        "match { prefix: \"/\" } redirect { path_redirect: \"/a b\" }",
                        "redirect.path_redirect",
                        "a blank"),
                route(
                        "match { prefix: \"/\" } redirect { host_redirect: \"a\\nX: y\" }",
                        "redirect.host_redirect",
                        "a line end"),
                route(
                        "match { prefix: \"/\" } redirect { scheme_redirect: \"a\\nX: y\" }",
                        "redirect.scheme_redirect",
                        "a line end"),
                route(
                        "match { prefix: \"/\" } route { cluster: \"x\" } request_headers_to_add {"
                                + " header { key: \"a\" value: \"b\\r\\nX: y\" } }",
                        "request_headers_to_add[0].header.value",
                        "a line end"),
                // Attack E10: an expression that is dear to compile, and one that nobody reads.
                route(
                        "match { safe_regex { regex: \"((a{100}){100}){100}\" } }"
                                + " route { cluster: \"x\" }",
                        "match.safe_regex",
                        "10000 times; expected at most 1000"),
                route(
                        "match { safe_regex { regex: \""
                                + "a".repeat(4097)
                                + "\" } }"
                                + " route { cluster: \"x\" }",
                        "match.safe_regex",
                        "4097 characters"),
                fault("delay { header_delay {} }", "delay", "fixed_delay"),
                fault("abort { http_status: 700 }", "abort.http_status", "200..599"),
                fault("headers { name: \"a\" present_match: true }", "headers", "not supported"),
                new Case(
                        ROUTES,
                        "name: \"r\" virtual_hosts { name: \"a\" domains: \"x\" } virtual_hosts {"
                                + " name: \"b\" domains: \"X\" }",
                        "virtual_hosts[b].domains",
                        "another virtual host"),
                new Case(
                        ROUTES,
                        "name: \"r\" virtual_hosts { name: \"a\" }",
                        "virtual_hosts[a].domains",
                        "empty"),
                new Case(
                        ROUTES,
                        "name: \"r\" virtual_hosts { name: \"a\" domains: \"x\" require_tls: ALL }",
                        "virtual_hosts.require_tls",
                        "not supported"));
    }

    @ParameterizedTest
    @MethodSource("everyRefusal")
    void namesResourceFieldAndReason(Case each) {
        List<Rejection> rejections =
                new PlanCompiler(List.of()).accept(Xds.update(each.type(), each.text()));

        assertThat(rejections).as(each.text()).hasSize(1);
        assertThat(rejections.getFirst().resource()).isIn("c", "l", "r");
        assertThat(rejections.getFirst().reason()).contains(each.field()).contains(each.reason());
    }

    private static Case cluster(String text, String field, String reason) {
        return new Case(CLUSTERS, "name: \"c\" " + text, field, reason);
    }

    private static Case listener(String text, String field, String reason) {
        return new Case(
                LISTENERS,
                "name: \"l\" address { socket_address { address: \"127.0.0.3\" port_value: 1 } } "
                        + text,
                field,
                reason);
    }

    private static String http(String manager) {
        return "filter_chains { filters { name: \"h\" typed_config {"
                + " [type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager]"
                + " { "
                + manager
                + " } } } }";
    }

    private static Case route(String route, String field, String reason) {
        return new Case(
                ROUTES,
                "name: \"r\" virtual_hosts { name: \"v\" domains: \"*\" routes { " + route + " } }",
                field,
                reason);
    }

    private static Case forward(String action, String field, String reason) {
        return route("match { prefix: \"/\" } route { " + action + " }", field, reason);
    }

    private static Case fault(String fault, String field, String reason) {
        return route(
                "match { prefix: \"/\" } route { cluster: \"x\" } typed_per_filter_config { key:"
                        + " \"envoy.filters.http.fault\" value {"
                        + " [type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault]"
                        + " { "
                        + fault
                        + " } } }",
                field,
                reason);
    }
}

package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a route does with a request, from Envoy's messages to sockets: checklist E10 to E23. */
class RoutesTest {
    private final RawServer one = RawServer.answering(RawServer.ok("one"));
    private final RawServer two = RawServer.answering(RawServer.ok("two"));

    @AfterEach
    void stop() {
        one.close();
        two.close();
    }

    private Carrying calling(String routes) {
        return Carrying.start(
                FromXds.in(
                        routes,
                        FromXds.cluster("one", "", one.address()),
                        FromXds.cluster("two", "", two.address()),
                        FromXds.cluster("dead", "", FromXds.free())));
    }

    private static String get(String target, String... headers) {
        StringBuilder request = new StringBuilder("GET " + target + " HTTP/1.1\r\n");
        boolean named = false;
        for (String each : headers) {
            named |= each.startsWith("Host:");
            request.append(each).append("\r\n");
        }
        return request.append(named ? "\r\n" : "Host: app\r\n\r\n").toString();
    }

    private static String weighted(int first, int second) {
        return "routes { match { prefix: \"/\" } route { weighted_clusters { clusters { name: \"one\" weight { value: %d } } clusters { name: \"two\" weight { value: %d } } } } }"
                .formatted(first, second);
    }

    private int toOne(String routes, int calls) throws IOException {
        int count = 0;
        try (Carrying sidecar = calling(routes);
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            for (int i = 0; i < calls; i++) {
                count += client.send(get("/")).response().endsWith("one") ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    @DisplayName("checklist E10: three in four of two thousand calls")
    void requestsAreSharedByWeight() throws IOException {
        assertThat(toOne(weighted(75, 25), 2_000)).isBetween(1_400, 1_600);
    }

    @Test
    @DisplayName("checklist E11: nothing leaks to a weight of 0")
    void aWeightOfNothingGetsNothing() throws IOException {
        assertThat(toOne(weighted(0, 100), 300)).isZero();
        assertThat(toOne(weighted(100, 0), 300)).isEqualTo(300);
    }

    @ParameterizedTest(name = "checklist E12: {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "prefix: \"/\" headers { name: \"x-user\" string_match { exact: \"jason\" } } | / | x-user: jason | x-user: jasonx",
                "prefix: \"/\" headers { name: \"x-user\" string_match { prefix: \"ja\" } } | / | x-user: jason | x-user: anna",
                "prefix: \"/\" headers { name: \"x-user\" string_match { safe_regex { regex: \"j.*n\" } } } | / | x-user: jason | x-user: xjason",
                "prefix: \"/\" headers { name: \"cookie\" string_match { safe_regex { regex: \"^(.*?;)?(user=jason)(;.*)?$\" } } } | / | cookie: a=b;user=jason | cookie: user=jasonx",
                "prefix: \"/\" headers { name: \":authority\" string_match { exact: \"shop\" } } | / | Host: shop | Host: other",
                "prefix: \"/\" headers { name: \":method\" string_match { exact: \"GET\" } } headers { name: \"x-a\" present_match: true } | / | x-a: 1 | x-b: 1",
                "prefix: \"/\" query_parameters { name: \"v\" string_match { exact: \"2\" } } headers { name: \"x-a\" present_match: true } | /?u=1&v=2 | x-a: 1 | x-b: 1",
                "path: \"/exact\" headers { name: \"x-a\" present_match: true invert_match: true } | /exact | x-b: 1 | x-a: 1"
            })
    void onlyTheRequestThatFitsTakesTheRoute(
            String match, String target, String fits, String doesNot) throws IOException {
        String routes =
                "routes { match { %s } route { cluster: \"one\" } } routes { match { prefix: \"/\" } route { cluster: \"two\" } }"
                        .formatted(match);
        try (Carrying sidecar = calling(routes);
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            assertThat(client.send(get(target, fits)).response()).endsWith("one");
            assertThat(client.send(get(target, doesNot)).response()).endsWith("two");
        }
    }

    @Test
    @DisplayName("checklist E13: of two that fit the first one takes the request, always")
    void theFirstRouteThatFitsTakesTheRequest() throws IOException {
        String routes =
                "routes { match { prefix: \"/a\" } route { cluster: \"one\" } } routes { match { prefix: \"/\" } route { cluster: \"two\" } } routes { match { path: \"/a\" } route { cluster: \"two\" } }";
        try (Carrying sidecar = calling(routes);
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            for (int i = 0; i < 50; i++) {
                assertThat(client.send(get("/a")).response()).endsWith("one");
            }
        }
    }

    @Test
    @DisplayName("checklist E14: rewrites of prefix, path by expression and authority")
    void theApplicationSeesWhatARuleRewrote() throws IOException {
        String routes =
                "routes { match { prefix: \"/old/\" } route { cluster: \"one\" prefix_rewrite: \"/new/\" host_rewrite_literal: \"inner\" } } "
                        + "routes { match { prefix: \"/\" } route { cluster: \"one\" regex_rewrite { pattern { regex: \"^/user/([^/]+)/(.*)$\" } substitution: \"/\\\\2/of/\\\\1\" } } }";
        try (Carrying sidecar = calling(routes);
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            client.send(get("/old/a?b=/old/")).response();
            client.send(get("/user/jason/orders?x=1")).response();
        }
        assertThat(one.heads().get(0)).startsWith("GET /new/a?b=/old/ HTTP/1.1\r\nHost: inner\r\n");
        assertThat(one.heads().get(1)).startsWith("GET /orders/of/jason?x=1 HTTP/1.1\r\n");
    }

    @Test
    @DisplayName("checklist E14: a redirect to another host, and an answer of the route's own")
    void aRouteMayAnswerItself() throws IOException {
        String routes =
                "routes { match { prefix: \"/moved\" } redirect { host_redirect: \"elsewhere\" path_redirect: \"/there\" response_code: FOUND } } "
                        + "routes { match { prefix: \"/\" } direct_response { status: 410 body { inline_string: \"gone\" } } }";
        try (Carrying sidecar = calling(routes);
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            assertThat(client.send(get("/moved?x=1")).response())
                    .startsWith("HTTP/1.1 302")
                    .contains("location: http://elsewhere/there");
            assertThat(client.send(get("/x")).response())
                    .startsWith("HTTP/1.1 410")
                    .endsWith("gone");
        }
        assertThat(one.heads()).isEmpty();
    }

    private static String fault(String match, String config) {
        return "routes { match { prefix: \"/\" %s } route { cluster: \"one\" timeout {} } typed_per_filter_config { key: \"envoy.filters.http.fault\" value { [type.googleapis.com/envoy.extensions.filters.http.fault.v3.HTTPFault] { %s } } } }"
                .formatted(match, config);
    }

    @Test
    @DisplayName("checklist E20: a delay of all, flag DI; an abort of half, flag FI; both apart")
    void faultsAreInjectedEachByItsOwnShare() throws IOException {
        String both =
                "delay { fixed_delay { nanos: 20000000 } percentage { numerator: 100 } } abort { http_status: 503 percentage { numerator: 50 } }";
        try (Carrying sidecar = calling(fault("", both));
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            int aborted = 0;
            long start = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                aborted += client.send(get("/")).response().startsWith("HTTP/1.1 503") ? 1 : 0;
            }
            assertThat(System.nanoTime() - start)
                    .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(20 * 200));
            assertThat(aborted).isBetween(70, 130);
            eventually(() -> assertThat(sidecar.seen()).hasSize(200));
            assertThat(sidecar.seen().stream().map(Carrying.Seen::flags).distinct())
                    .containsExactlyInAnyOrder("DI", "DI,FI");
        }
    }

    @Test
    @DisplayName("checklist E21: a fault for one user leaves the others alone")
    void aFaultIsForThoseThatItsRouteIsFor() throws IOException {
        String routes =
                fault(
                                "headers { name: \"x-user\" string_match { exact: \"jason\" } }",
                                "abort { http_status: 418 percentage { numerator: 100 } }")
                        + " routes { match { prefix: \"/\" } route { cluster: \"one\" } }";
        try (Carrying sidecar = calling(routes);
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.send(get("/", "x-user: jason")).response())
                        .startsWith("HTTP/1.1 418");
                assertThat(client.send(get("/", "x-user: anna")).response())
                        .startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    @DisplayName("checklist E22: several mirrors, each by its share, one of them dead")
    void copiesGoToEveryMirrorByItsShare() throws IOException {
        String routes =
                "routes { match { prefix: \"/\" } route { cluster: \"one\" "
                        + "request_mirror_policies { cluster: \"two\" runtime_fraction { default_value { numerator: 50 } } } "
                        + "request_mirror_policies { cluster: \"dead\" } } }";
        try (Carrying sidecar = calling(routes);
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            for (int i = 0; i < 300; i++) {
                assertThat(client.send(get("/")).response()).endsWith("one");
            }
            eventually(() -> assertThat(two.heads()).hasSizeBetween(110, 190));
            assertThat(one.heads()).hasSize(300);
        }
    }

    @Test
    @DisplayName("checklist E23: a preflight is answered here, another origin's goes on")
    void preflightsAreAnswered() throws IOException {
        String routes =
                "routes { match { prefix: \"/\" } route { cluster: \"one\" } typed_per_filter_config { key: \"envoy.filters.http.cors\" value { [type.googleapis.com/envoy.extensions.filters.http.cors.v3.CorsPolicy] { allow_origin_string_match { exact: \"https://shop.example\" } allow_methods: \"GET,POST\" max_age: \"600\" } } } }";
        try (Carrying sidecar = calling(routes);
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            List<String> answers = new ArrayList<>();
            for (String origin : new String[] {"https://shop.example", "https://evil.example"}) {
                answers.add(
                        client.send(
                                        "OPTIONS / HTTP/1.1\r\nHost: app\r\nOrigin: "
                                                + origin
                                                + "\r\nAccess-Control-Request-Method: POST\r\n\r\n")
                                .response());
            }
            assertThat(answers.getFirst())
                    .startsWith("HTTP/1.1 200")
                    .contains("access-control-allow-origin: https://shop.example\r\n")
                    .contains("access-control-allow-methods: GET,POST\r\n")
                    .contains("access-control-max-age: 600\r\n");
            assertThat(answers.getLast()).endsWith("one").doesNotContain("access-control");
            assertThat(one.heads()).hasSize(1);
        }
    }
}

package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.plan.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits that a sidecar counts by itself, by Envoy's own configuration. */
class LocalLimitTest {
    private static final String ALL =
            "filter_enabled { default_value { numerator: 100 } } filter_enforced { default_value { numerator: 100 } } ";
    private static final String BY_USER =
            "rate_limits { actions { request_headers { header_name: \"end-user\" descriptor_key: \"user\" } } } ";

    private static String limit(String config) {
        return "[type.googleapis.com/envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit] { stat_prefix: \"default/reviews\" %s }"
                .formatted(config);
    }

    private static String filter(String config) {
        return "http_filters { name: \"envoy.filters.http.local_ratelimit\" typed_config { %s } }"
                .formatted(limit(config));
    }

    private static String bucket(int tokens, int perFill, int seconds) {
        return "token_bucket { max_tokens: %d tokens_per_fill { value: %d } fill_interval { seconds: %d } } "
                .formatted(tokens, perFill, seconds);
    }

    private static String descriptor(String key, String value, String bucket) {
        return "descriptors { entries { key: \"%s\" value: \"%s\" } %s } "
                .formatted(key, value, bucket);
    }

    private static Plan plan(RawServer app, String filters, String route) {
        return FromXds.behind(
                filters,
                "routes { name: \"all\" match { prefix: \"/\" } route { cluster: \"app\" timeout {} } %s }"
                        .formatted(route),
                FromXds.cluster("app", "", app.address()));
    }

    /** One sidecar, one client, and a clock that the test moves. */
    private static final class Called implements AutoCloseable {
        private final RawServer app = RawServer.answering(RawServer.ok("ok"));
        private final AtomicLong ahead = new AtomicLong();
        private final Carrying sidecar;
        private final RawClient client;

        Called(String filters, String route) throws IOException {
            // The clock stands, so that nothing fills but by the test.
            sidecar = Carrying.start(plan(app, filters, route), Carrying.settings(ahead::get), 1);
            client = RawClient.connect(sidecar.address("in"));
        }

        String send(String... headers) throws IOException {
            StringBuilder request = new StringBuilder("GET / HTTP/1.1\r\nHost: app\r\n");
            for (String each : headers) {
                request.append(each).append("\r\n");
            }
            return client.send(request.append("\r\n").toString()).response();
        }

        int passed(int times, String... headers) throws IOException {
            int passed = 0;
            for (int i = 0; i < times; i++) {
                passed += send(headers).startsWith("HTTP/1.1 200") ? 1 : 0;
            }
            return passed;
        }

        void later(long millis) {
            ahead.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        }

        @Override
        public void close() throws IOException {
            client.close();
            sidecar.close();
            app.close();
        }
    }

    @Test
    void aBucketHoldsAndFillsAsItIsSaid() throws IOException {
        try (Called called = new Called(filter(ALL + bucket(5, 2, 10)), "")) {
            assertThat(called.passed(8)).as("full at first").isEqualTo(5);
            called.later(4_999);
            assertThat(called.passed(3)).isZero();
            called.later(1);
            assertThat(called.passed(3)).as("two in ten seconds").isEqualTo(1);
            called.later(10_000);
            assertThat(called.passed(4)).isEqualTo(2);
            called.later(1_000_000);
            assertThat(called.passed(8)).as("no more than it holds").isEqualTo(5);
        }
    }

    @Test
    void aRequestBeyondTheLimitIsToldWhenToComeBackAndByWhichRule() throws IOException {
        try (Called called = new Called(filter(ALL + bucket(1, 1, 30)), "")) {
            called.send();

            assertThat(called.send())
                    .startsWith("HTTP/1.1 429 ")
                    .contains("retry-after: 30\r\n")
                    .contains("ratelimit-limit: 1\r\n")
                    .contains("ratelimit-remaining: 0\r\n")
                    .contains("ratelimit-reset: 30\r\n")
                    .contains("x-lateen-reason: RL; ")
                    .contains(
                            "the limit of 1 requests of RateLimit default/reviews is reached; try again in 30 s");
            assertThat(called.app.heads()).hasSize(1);
            eventually(() -> assertThat(called.sidecar.seen()).hasSize(2));
            assertThat(called.sidecar.seen().getLast().flags()).isEqualTo("RL");
        }
    }

    @Test
    void eachValueOfAHeaderHasItsOwnBucket() throws IOException {
        try (Called called =
                new Called(filter(ALL + BY_USER + descriptor("user", "", bucket(2, 2, 60))), "")) {
            assertThat(called.passed(3, "End-User: jason")).isEqualTo(2);
            assertThat(called.passed(3, "End-User: anna")).isEqualTo(2);
            assertThat(called.passed(3, "End-User:")).as("no value is a value").isEqualTo(2);
            assertThat(called.passed(3, "End-User: jason", "End-User: jason"))
                    .as("two lines are another value")
                    .isEqualTo(2);
            assertThat(called.passed(5)).as("without it nothing is said").isEqualTo(5);
        }
    }

    @Test
    void aValueOfItsOwnHasABucketOfItsOwn() throws IOException {
        try (Called called =
                new Called(
                        filter(
                                ALL
                                        + BY_USER
                                        + descriptor("user", "jason", bucket(1, 1, 60))
                                        + "always_consume_default_token_bucket { value: false } "
                                        + bucket(3, 3, 60)),
                        "")) {
            assertThat(called.passed(3, "End-User: jason")).isEqualTo(1);
            assertThat(called.passed(5, "End-User: anna")).as("the others together").isEqualTo(3);
        }
    }

    @Test
    void eachClientAddressHasItsOwnBucket() throws IOException {
        try (Called called =
                new Called(
                        filter(
                                ALL
                                        + "rate_limits { actions { remote_address {} } } "
                                        + descriptor("remote_address", "", bucket(2, 2, 60))),
                        "")) {
            assertThat(called.passed(4)).isEqualTo(2);
            try (java.net.Socket other = new java.net.Socket()) {
                other.bind(new java.net.InetSocketAddress("127.0.0.77", 0));
                other.connect(called.sidecar.address("in"));
                other.getOutputStream()
                        .write(
                                "GET / HTTP/1.1\r\nHost: app\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII));
                byte[] answer = new byte[12];
                assertThat(other.getInputStream().readNBytes(answer, 0, 12)).isEqualTo(12);
                assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
            }
        }
    }

    /** The routes say what requests are, by the stage; the filter how many. */
    @Test
    void aFilterGoesByTheRoutesRulesOfItsStage() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("ok"));
                Carrying sidecar =
                        Carrying.start(
                                FromXds.behind(
                                        filter(
                                                ALL
                                                        + "stage: 2 "
                                                        + descriptor(
                                                                "path", "dear", bucket(1, 1, 60))),
                                        "routes { match { prefix: \"/dear\" } route { cluster: \"app\" rate_limits { stage { value: 2 } actions { generic_key { descriptor_key: \"path\" descriptor_value: \"dear\" } } } } } "
                                                + "routes { match { prefix: \"/other\" } route { cluster: \"app\" rate_limits { stage { value: 1 } actions { generic_key { descriptor_key: \"path\" descriptor_value: \"dear\" } } } } } "
                                                + "routes { match { prefix: \"/\" } route { cluster: \"app\" } }",
                                        FromXds.cluster("app", "", app.address())));
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            List<String> answers = new ArrayList<>();
            for (String path : new String[] {"/dear", "/dear", "/other", "/other", "/", "/"}) {
                answers.add(
                        client.send("GET " + path + " HTTP/1.1\r\nHost: app\r\n\r\n")
                                .response()
                                .substring(9, 12));
            }
            assertThat(answers).containsExactly("200", "429", "200", "200", "200", "200");
        }
    }

    @Test
    void aRoutesOwnLimitStandsInTheListenersPlace() throws IOException {
        String own =
                "typed_per_filter_config { key: \"envoy.filters.http.local_ratelimit\" value { %s } }"
                        .formatted(limit(ALL + bucket(3, 3, 60)));
        try (Called called = new Called(filter(ALL + bucket(1, 1, 60)), own)) {
            assertThat(called.passed(5)).isEqualTo(3);
        }
        try (Called called = new Called(filter(""), own)) {
            assertThat(called.passed(5)).as("as Istio's users write it").isEqualTo(3);
        }
    }

    @Test
    void aRequestThatOneLimitRefusesUsesNothingOfTheOthers() throws IOException {
        try (Called called =
                new Called(
                        filter(
                                ALL
                                        + BY_USER
                                        + descriptor("user", "", bucket(5, 5, 60))
                                        + bucket(2, 2, 1)),
                        "")) {
            assertThat(called.passed(50, "End-User: jason")).as("all together").isEqualTo(2);
            called.later(1_000);
            assertThat(called.passed(9, "End-User: jason")).isEqualTo(2);
            called.later(1_000);
            assertThat(called.passed(9, "End-User: jason"))
                    .as("his fifth; those that were refused did not count")
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "filter_enabled { default_value { numerator: 100 } } ",
                "filter_enforced { default_value { numerator: 100 } } "
            })
    void whatIsNotEnabledAndEnforcedRefusesNothing(String shares) throws IOException {
        try (Called called = new Called(filter(shares + bucket(1, 1, 60)), "")) {
            assertThat(called.passed(5)).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @CsvSource({"30, 100", "100, 30"})
    void onlyAShareIsRefused(int enabled, int enforced) throws IOException {
        try (Called called =
                new Called(
                        filter(
                                "filter_enabled { default_value { numerator: %d } } filter_enforced { default_value { numerator: %d } } "
                                                .formatted(enabled, enforced)
                                        + bucket(1, 1, 60)),
                        "")) {
            assertThat(called.passed(400)).isBetween(230, 330);
        }
    }

    /** A push of rules that leaves a limit as it is fills nobody's bucket. */
    @Test
    void whatWasSpentStaysSpentWhenOtherThingsChange() throws IOException {
        String route =
                "routes { name: \"a\" match { prefix: \"/\" } route { cluster: \"app\" timeout {} } typed_per_filter_config { key: \"envoy.filters.http.local_ratelimit\" value { %s } } }"
                        .formatted(limit(ALL + bucket(3, 3, 3600)));
        String another = "routes { match { path: \"/x\" } direct_response { status: 204 } } ";
        for (boolean ofRoute : new boolean[] {false, true}) {
            try (RawServer app = RawServer.answering(RawServer.ok("ok"))) {
                String standing = ofRoute ? route : FromXds.toApp("");
                FromXds.Changing plans =
                        FromXds.changing(
                                ofRoute ? "" : filter(ALL + bucket(3, 3, 3600)),
                                standing,
                                FromXds.cluster("app", "", app.address()));
                try (Carrying sidecar = Carrying.start(plans.first());
                        RawClient client = RawClient.connect(sidecar.address("in"))) {
                    List<String> answers = new ArrayList<>();
                    for (int i = 0; i < 5; i++) {
                        answers.add(
                                client.send("GET / HTTP/1.1\r\nHost: app\r\n\r\n")
                                        .response()
                                        .substring(9, 12));
                        sidecar.apply(plans.with(i % 2 == 0 ? another + standing : standing));
                    }
                    assertThat(answers).containsExactly("200", "200", "200", "429", "429");
                }
            }
        }
    }

    /** Whoever makes up names fills nobody's bucket, and all of them have no more than one. */
    @Test
    void keysBeyondThoseThatHaveRoomShareOneBucketAndTakeNobodysPlace() throws IOException {
        try (Called called =
                new Called(
                        filter(
                                ALL
                                        + BY_USER
                                        + "max_dynamic_descriptors { value: 50 } "
                                        + descriptor("user", "", bucket(3, 3, 600))),
                        "")) {
            assertThat(called.passed(9, "End-User: jason")).isEqualTo(3);
            int passed = 0;
            for (int i = 0; i < 2_000; i++) {
                passed += called.passed(1, "End-User: made-up-" + i);
            }
            assertThat(called.passed(9, "End-User: jason")).as("still spent").isZero();
            // Each place gives one to its first key; then one bucket is left for all.
            assertThat(passed).isBetween(50, 400);
        }
    }

    /** Two loops, many connections: never more than the limit. */
    @Test
    void noMoreThanTheLimitPassHoweverManyAskAtOnce() throws Exception {
        try (RawServer app = RawServer.answering(RawServer.ok("ok"));
                Carrying sidecar =
                        Carrying.start(
                                plan(
                                        app,
                                        filter(
                                                ALL
                                                        + BY_USER
                                                        + descriptor(
                                                                "user", "", bucket(100, 1, 86400))),
                                        ""),
                                Carrying.settings(),
                                2)) {
            AtomicInteger passed = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                threads.add(
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            try (RawClient client =
                                                    RawClient.connect(sidecar.address("in"))) {
                                                for (int j = 0; j < 50; j++) {
                                                    String answer =
                                                            client.send(
                                                                            "GET / HTTP/1.1\r\nHost: app\r\nEnd-User: jason\r\n\r\n")
                                                                    .response();
                                                    passed.addAndGet(
                                                            answer.startsWith("HTTP/1.1 200")
                                                                    ? 1
                                                                    : 0);
                                                }
                                            } catch (IOException e) {
                                                throw new java.io.UncheckedIOException(e);
                                            }
                                        }));
            }
            for (Thread each : threads) {
                each.join();
            }
            assertThat(passed).hasValue(100);
        }
    }
}

package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checklist E16: what is tried again, how often and how soon; and the last of checklist E15, which
 * of a caller's own headers count. Users' need 6: nothing twice that was not asked for, and never
 * more retries than the budget.
 */
class RetriesTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: app\r\n\r\n";
    private static final String POST =
            "POST / HTTP/1.1\r\nHost: app\r\nContent-Length: 4\r\n\r\nbody";
    private static final String SOON = "retry_back_off { base_interval { nanos: 1000000 } }";

    private static String retrying(String policy) {
        return FromXds.toApp("retry_policy { %s %s }".formatted(policy, SOON));
    }

    private static String answer(String status, String headers) {
        return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\n\r\n";
    }

    /** Answers with the first texts in their order, then with the last for ever. */
    private static RawServer answering(String... answers) {
        AtomicInteger next = new AtomicInteger();
        return RawServer.start(
                c -> {
                    for (String head = c.head(); !head.isEmpty(); head = c.head()) {
                        if (head.startsWith("POST")) {
                            c.read(4);
                        }
                        c.write(answers[Math.min(next.getAndIncrement(), answers.length - 1)]);
                    }
                });
    }

    private static Carrying calling(RawServer app, String routes) {
        return Carrying.start(FromXds.out(routes, FromXds.cluster("app", "", app.address())));
    }

    @ParameterizedTest
    @CsvSource({
        "cancelled, 1",
        "deadline-exceeded, 4",
        "resource-exhausted, 8",
        "internal, 13",
        "unavailable, 14"
    })
    void aStatusOfGrpcIsAReason(String condition, int status) throws IOException {
        String bad = answer("200 OK", "grpc-status: " + status + "\r\n");
        try (RawServer app = answering(bad, answer("200 OK", "grpc-status: 0\r\n"));
                Carrying sidecar = calling(app, retrying("retry_on: \"" + condition + "\""));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(POST).response()).contains("grpc-status: 0\r\n");
            assertThat(app.heads()).hasSize(2);
        }
        try (RawServer app = answering(answer("200 OK", "grpc-status: 5\r\n"));
                Carrying sidecar = calling(app, retrying("retry_on: \"" + condition + "\""));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(POST).response()).contains("grpc-status: 5\r\n");
            assertThat(app.heads()).as("no other status").hasSize(1);
        }
    }

    @Test
    void aHeaderOfTheAnswerIsAReason() throws IOException {
        String policy =
                "retry_on: \"retriable-headers\" retriable_headers { name: \"x-busy\" string_match { exact: \"yes\" } }";
        try (RawServer app =
                        answering(
                                answer("200 OK", "X-Busy: yes\r\n"),
                                answer("200 OK", "X-Busy: no\r\n"));
                Carrying sidecar = calling(app, retrying(policy));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(GET).response()).contains("X-Busy: no");
            assertThat(app.heads()).hasSize(2);
        }
    }

    @Test
    void onlyRequestsThatAreWantedAreTriedAgain() throws IOException {
        String policy =
                "retry_on: \"5xx\" retriable_request_headers { name: \":method\" string_match { exact: \"GET\" } }";
        try (RawServer app = answering(answer("500 No", ""));
                Carrying sidecar = calling(app, retrying(policy));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(POST).response()).startsWith("HTTP/1.1 500");
            assertThat(app.heads()).hasSize(1);
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 500");
            assertThat(app.heads()).hasSize(3);
        }
    }

    @Test
    void whatIsOverALimitIsTriedAgainOnlyWhereThatIsAsked() throws IOException {
        String limited = answer("503 No", "x-envoy-ratelimited: true\r\n");
        for (boolean asked : new boolean[] {false, true}) {
            String conditions = asked ? "5xx,envoy-ratelimited" : "5xx";
            try (RawServer app = answering(limited, RawServer.ok("good"));
                    Carrying sidecar = calling(app, retrying("retry_on: \"" + conditions + "\""));
                    RawClient client = RawClient.connect(sidecar.address("out"))) {
                assertThat(client.send(GET).response())
                        .startsWith(asked ? "HTTP/1.1 200" : "HTTP/1.1 503");
                assertThat(app.heads()).hasSize(asked ? 2 : 1);
            }
        }
    }

    /** The default of the mesh: the endpoint may have done its work, so it is not asked twice. */
    @Test
    void noPostIsSentAgainThatAnApplicationMayHaveSeen() throws IOException {
        String standard =
                "retry_on: \"connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes\" num_retries { value: 2 }";
        for (String answer : new String[] {"", answer("503 No", ""), answer("500 No", "")}) {
            try (RawServer app =
                            RawServer.start(
                                    c -> {
                                        c.head();
                                        c.read(4);
                                        c.write(answer);
                                    });
                    Carrying sidecar = calling(app, retrying(standard));
                    RawClient client = RawClient.connect(sidecar.address("out"))) {
                assertThat(client.send(POST).response()).startsWith("HTTP/1.1 50");
                assertThat(app.heads()).hasSize(1);
            }
        }
    }

    /** reset-before-request: the connection was not there, so nobody has seen the request. */
    @Test
    void aRequestThatWasNeverSentIsTriedAgain() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("good"));
                Carrying sidecar =
                        Carrying.start(
                                FromXds.out(
                                        retrying(
                                                "retry_on: \"reset-before-request\" num_retries { value: 5 } host_selection_retry_max_attempts: 5 retry_host_predicate { name: \"envoy.retry_host_predicates.previous_hosts\" }"),
                                        FromXds.cluster(
                                                "app", "", FromXds.free(), app.address())));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.send(POST).response()).endsWith("good");
            }
        }
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.head();
                                    c.read(4);
                                });
                Carrying sidecar = calling(app, retrying("retry_on: \"reset-before-request\""));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(POST).response()).startsWith("HTTP/1.1 503");
            assertThat(app.heads()).as("this one had been sent").hasSize(1);
        }
    }

    @Test
    void aBodyThatIsTooLongToKeepIsNotSentAgain() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        int length = 1 << 20;
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.head();
                                    calls.incrementAndGet();
                                    c.read(length);
                                    c.write(answer("503 No", ""));
                                });
                Carrying sidecar =
                        calling(app, retrying("retry_on: \"5xx\" num_retries { value: 3 }"));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            client.send("POST / HTTP/1.1\r\nHost: app\r\nContent-Length: " + length + "\r\n\r\n");
            client.send("x".repeat(length));

            assertThat(client.response()).startsWith("HTTP/1.1 503");
            assertThat(calls).hasValue(1);
        }
    }

    /** All tries together stay within the route's time. */
    @Test
    void triesEndWithTheRoutesTime() throws IOException {
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.head();
                                    assertThat(c.in().read()).isEqualTo(-1);
                                });
                Carrying sidecar =
                        Carrying.start(
                                FromXds.out(
                                        "routes { match { prefix: \"/\" } route { cluster: \"app\" timeout { nanos: 700000000 } retry_policy { retry_on: \"5xx\" num_retries { value: 50 } per_try_timeout { nanos: 200000000 } "
                                                + SOON
                                                + " } } }",
                                        FromXds.cluster("app", "", app.address())));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(GET).response())
                    .startsWith("HTTP/1.1 504")
                    .contains("the route's timeout of 700 ms");
            assertThat(app.heads()).hasSizeBetween(2, 4);
        }
    }

    /** The waits are drawn from a range that doubles: not all the same, and none beyond its end. */
    @Test
    void backOffGrowsAndIsJittered() throws IOException {
        ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    while (!c.head().isEmpty()) {
                                        times.add(System.nanoTime());
                                        c.write(answer("503 No", ""));
                                    }
                                });
                Carrying sidecar =
                        calling(
                                app,
                                FromXds.toApp(
                                        "retry_policy { retry_on: \"5xx\" num_retries { value: 12 } retry_back_off { base_interval { nanos: 10000000 } max_interval { nanos: 40000000 } } }"));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 503");

            assertThat(times).hasSize(13);
            List<Long> waits = new ArrayList<>();
            Long before = null;
            for (Long each : times) {
                if (before != null) {
                    waits.add(TimeUnit.NANOSECONDS.toMillis(each - before));
                }
                before = each;
            }
            assertThat(waits.stream().distinct().count()).as("%s", waits).isGreaterThan(2);
        }
    }

    /** Users' need 6: at most a fifth of what is outstanding. */
    @ParameterizedTest
    @CsvSource({"20, 1, 40, 8", "50, 1, 20, 10", "0, 3, 20, 3"})
    void noMoreRetriesAreOutstandingThanTheBudgetAllows(
            int percent, int least, int outstanding, int allowed) throws Exception {
        AtomicInteger again = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    for (String head = c.head(); !head.isEmpty(); head = c.head()) {
                                        if (head.contains("x-envoy-attempt-count: 1\r\n")) {
                                            await(go);
                                            c.write(answer("503 No", ""));
                                        } else {
                                            again.incrementAndGet();
                                            await(end);
                                            c.write(RawServer.ok("again"));
                                        }
                                    }
                                });
                Carrying sidecar =
                        Carrying.start(
                                FromXds.out(
                                        retrying("retry_on: \"5xx\""),
                                        FromXds.cluster(
                                                "app",
                                                "circuit_breakers { thresholds { max_retries { value: 1 } retry_budget { budget_percent { value: "
                                                        + percent
                                                        + " } min_retry_concurrency { value: "
                                                        + least
                                                        + " } } } }",
                                                app.address())))) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < outstanding; i++) {
                clients.add(RawClient.connect(sidecar.address("out")).send(GET));
            }
            eventually(() -> assertThat(app.heads()).hasSize(outstanding));
            go.countDown();
            eventually(
                    () -> assertThat(sidecar.seen().size() + again.get()).isEqualTo(outstanding));

            // As requests fail, fewer are outstanding, and so fewer retries are allowed.
            assertThat(again).hasValueBetween(1, allowed);
            assertThat(sidecar.seen()).isNotEmpty().allMatch(each -> each.flags().equals("UO"));
            end.countDown();
            int good = 0;
            for (RawClient each : clients) {
                good += each.response().startsWith("HTTP/1.1 200") ? 1 : 0;
                each.close();
            }
            assertThat(good).isEqualTo(again.get());
        }
    }

    /** A stream that began after a retry is none to come: it holds no place in the budget. */
    @Test
    void aRetryThatHasItsAnswerHoldsNoPlace() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    for (String head = c.head(); !head.isEmpty(); head = c.head()) {
                                        if (head.contains("x-envoy-attempt-count: 1\r\n")) {
                                            c.write(answer("503 No", ""));
                                        } else {
                                            c.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
                                            await(end);
                                            c.write("done");
                                        }
                                    }
                                });
                Carrying sidecar =
                        Carrying.start(
                                FromXds.out(
                                        retrying("retry_on: \"5xx\""),
                                        FromXds.cluster(
                                                "app",
                                                "circuit_breakers { thresholds { retry_budget { budget_percent { value: 0 } min_retry_concurrency { value: 1 } } } }",
                                                app.address())))) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                RawClient client = RawClient.connect(sidecar.address("out"));
                assertThat(client.send(GET).head()).startsWith("HTTP/1.1 200");
                clients.add(client);
            }
            end.countDown();
            for (RawClient each : clients) {
                assertThat(each.read(4)).isEqualTo("done");
                each.close();
            }
        }
    }

    /** connectionPool.http.maxRetries, checklist E17. */
    @Test
    void noMoreRetriesAreOutstandingThanMaxRetries() throws Exception {
        AtomicInteger again = new AtomicInteger();
        CountDownLatch end = new CountDownLatch(1);
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    for (String head = c.head(); !head.isEmpty(); head = c.head()) {
                                        if (head.contains("x-envoy-attempt-count: 1\r\n")) {
                                            c.write(answer("503 No", ""));
                                        } else {
                                            again.incrementAndGet();
                                            await(end);
                                            c.write(RawServer.ok("again"));
                                        }
                                    }
                                });
                Carrying sidecar =
                        Carrying.start(
                                FromXds.out(
                                        retrying("retry_on: \"5xx\""),
                                        FromXds.cluster(
                                                "app",
                                                "circuit_breakers { thresholds { max_retries { value: 2 } } }",
                                                app.address())))) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                clients.add(RawClient.connect(sidecar.address("out")).send(GET));
            }
            eventually(() -> assertThat(sidecar.seen()).hasSize(8));
            assertThat(sidecar.seen()).allMatch(each -> each.flags().equals("UO"));
            eventually(() -> assertThat(again).hasValue(2));
            end.countDown();
            for (RawClient each : clients) {
                each.response();
                each.close();
            }
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IOException("nobody said go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    // ---- what a caller asks for itself ----

    private static String asking(String... headers) {
        return "GET / HTTP/1.1\r\nHost: app\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    @Test
    void theApplicationMayAskItsSidecarForTries() throws IOException {
        try (RawServer app =
                        answering(
                                answer("503 No", ""), answer("418 No", ""), RawServer.ok("good"));
                Carrying sidecar = calling(app, FromXds.toApp(""));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            String request =
                    asking(
                            "x-envoy-retry-on: gateway-error, retriable-status-codes",
                            "x-envoy-retriable-status-codes: 418",
                            "x-envoy-max-retries: 3");

            assertThat(client.send(request).response()).endsWith("good");
            assertThat(app.heads()).hasSize(3).noneMatch(head -> head.contains("retr"));
        }
    }

    @Test
    void theApplicationMayAskItsSidecarForAHeaderToBeAReason() throws IOException {
        try (RawServer app = answering(answer("200 OK", "X-Busy: 1\r\n"), RawServer.ok("good"));
                Carrying sidecar = calling(app, FromXds.toApp(""));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            String request =
                    asking(
                            "x-envoy-retry-on: retriable-headers",
                            "x-envoy-retriable-header-names: x-none,x-busy");

            assertThat(client.send(request).response()).endsWith("good");
        }
    }

    @Test
    void theApplicationMayAskItsSidecarForATime() throws IOException {
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.head();
                                    assertThat(c.in().read()).isEqualTo(-1);
                                });
                Carrying sidecar = calling(app, FromXds.toApp(""));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(asking("x-envoy-upstream-rq-timeout-ms: 150")).response())
                    .startsWith("HTTP/1.1 504")
                    .contains("timeout of 150 ms");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e3", "99999999999999999999", "", "0x1", " "})
    void aTimeThatIsNoneChangesNothing(String written) throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("good"));
                Carrying sidecar = calling(app, FromXds.toApp(""));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(
                            client.send(
                                            asking(
                                                    "x-envoy-upstream-rq-timeout-ms: " + written,
                                                    "x-envoy-max-retries: " + written))
                                    .response())
                    .endsWith("good");
        }
    }

    /** From outside and from other workloads these headers are claims, and go no further. */
    @Test
    void nobodyElseMayAsk() throws IOException {
        String request =
                asking(
                        "x-envoy-retry-on: 5xx",
                        "x-envoy-max-retries: 9",
                        "x-envoy-retry-grpc-on: unavailable",
                        "x-envoy-retriable-status-codes: 503",
                        "x-envoy-retriable-header-names: server",
                        "x-envoy-upstream-rq-per-try-timeout-ms: 1",
                        "x-envoy-upstream-rq-timeout-ms: 1");
        for (String socket : new String[] {"in", "edge"}) {
            try (RawServer app = answering(answer("503 No", ""));
                    Carrying sidecar =
                            Carrying.start(
                                    socket.equals("in")
                                            ? FromXds.in(
                                                    FromXds.toApp(""),
                                                    FromXds.cluster("app", "", app.address()))
                                            : FromXds.edge(
                                                    FromXds.toApp(""),
                                                    FromXds.cluster("app", "", app.address())));
                    RawClient client = RawClient.connect(sidecar.address(socket))) {
                assertThat(client.send(request).response()).startsWith("HTTP/1.1 503");
                assertThat(app.heads())
                        .hasSize(1)
                        .noneMatch(head -> head.contains("retr") || head.contains("timeout"));
            }
        }
    }
}

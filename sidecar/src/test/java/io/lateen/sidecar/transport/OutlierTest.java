package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.ResponseFlag;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checklist E18 and E19: endpoints that fail are left out, and what is done when none is left. */
class OutlierTest {
    /** Not repeatable: what breaks is seen, and not made good by another connection. */
    private static final String POST = "POST / HTTP/1.1\r\nHost: app\r\nContent-Length: 0\r\n\r\n";

    private static final String LONG =
            "interval { seconds: 1000 } base_ejection_time { seconds: 1000 } max_ejection_time { seconds: 9000 }";
    private static final String ONLY_GATEWAY_ERRORS =
            "enforcing_consecutive_5xx {} consecutive_gateway_failure { value: 3 } enforcing_consecutive_gateway_failure { value: 100 } ";

    /** An endpoint that answers with the statuses given, in their order; then with the last. */
    private static final class Script implements AutoCloseable {
        private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        private final AtomicReference<Integer> last = new AtomicReference<>(200);
        private final AtomicInteger calls = new AtomicInteger();
        private final RawServer server;

        Script(Integer... first) {
            then(first);
            server =
                    RawServer.start(
                            c -> {
                                while (!c.head().isEmpty()) {
                                    calls.incrementAndGet();
                                    Integer next = statuses.poll();
                                    int status = next == null ? last.get() : next;
                                    if (status == 0) {
                                        return;
                                    }
                                    c.write(
                                            "HTTP/1.1 "
                                                    + status
                                                    + " X\r\nContent-Length: 0\r\n\r\n");
                                }
                            });
        }

        void then(Integer... more) {
            for (int each : more) {
                statuses.add(each);
            }
        }

        void always(int status) {
            last.set(status);
        }

        InetSocketAddress address() {
            return server.address();
        }

        int calls() {
            return calls.get();
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private static Carrying calling(String outlier, String more, InetSocketAddress... endpoints) {
        return Carrying.start(
                FromXds.out(
                        FromXds.toApp(""),
                        FromXds.cluster(
                                "app",
                                "lb_policy: ROUND_ROBIN outlier_detection { "
                                        + outlier
                                        + " } common_lb_config { "
                                        + more
                                        + " }",
                                endpoints)));
    }

    /** Sends one request after the other to the only endpoint; says what came of each. */
    private static String send(Carrying sidecar, int times) throws IOException {
        StringBuilder all = new StringBuilder();
        try (RawClient client = RawClient.connect(sidecar.address("out"))) {
            for (int i = 0; i < times; i++) {
                String answer = client.send(POST).response();
                all.append(answer, 9, 12).append(answer.contains("reason: UH") ? "UH " : " ");
            }
        }
        return all.toString().strip();
    }

    private static final String NO_PANIC = "healthy_panic_threshold {}";

    /** consecutive5xxErrors: the fifth in a row, as by default. */
    @Test
    void fiveServerErrorsInARowAreEnough() throws IOException {
        try (Script app = new Script(500, 500, 500, 500, 200, 500, 501, 502, 503, 500);
                Carrying sidecar = calling(LONG, NO_PANIC, app.address())) {
            assertThat(send(sidecar, 12))
                    .isEqualTo("500 500 500 500 200 500 501 502 503 500 503UH 503UH");
            assertThat(app.calls()).isEqualTo(10);
        }
    }

    /** consecutiveGatewayErrors: other errors of the application do not count, and end the row. */
    @Test
    void threeGatewayErrorsInARowAreEnough() throws IOException {
        try (Script app = new Script(502, 503, 500, 504, 502, 200, 503, 504, 502);
                Carrying sidecar = calling(ONLY_GATEWAY_ERRORS + LONG, NO_PANIC, app.address())) {
            assertThat(send(sidecar, 10)).isEqualTo("502 503 500 504 502 200 503 504 502 503UH");
        }
    }

    /** Without a split, a connection that breaks is a gateway error and a server error. */
    @ParameterizedTest
    @ValueSource(strings = {ONLY_GATEWAY_ERRORS, "consecutive_5xx { value: 3 } "})
    void aConnectionThatBreaksCountsAsAnAnswer(String outlier) throws IOException {
        try (Script app = new Script(503, 0, 503);
                Carrying sidecar = calling(outlier + LONG, NO_PANIC, app.address())) {
            assertThat(send(sidecar, 4)).isEqualTo("503 503 503 503UH");
        }
    }

    /** splitExternalLocalOriginErrors, consecutiveLocalOriginFailures. */
    @Test
    void connectionsThatCannotBeMadeAreCountedApartWhereThatIsAsked() throws IOException {
        String split =
                "split_external_local_origin_errors: true consecutive_local_origin_failure { value: 4 } consecutive_5xx { value: 2 } ";
        try (Carrying sidecar = calling(split + LONG, NO_PANIC, FromXds.free())) {
            assertThat(send(sidecar, 6)).isEqualTo("503 503 503 503 503UH 503UH");
        }
        try (Script app = new Script(500, 500);
                Carrying sidecar = calling(split + LONG, NO_PANIC, app.address())) {
            assertThat(send(sidecar, 3)).isEqualTo("500 500 503UH");
        }
    }

    /**
     * As in Envoy, a broken connection neither adds to a row of gateway errors nor ends it: the
     * endpoint has not answered anything else meanwhile.
     */
    @Test
    void whereTheyAreCountedApartNeitherRowTouchesTheOther() throws IOException {
        String split =
                "split_external_local_origin_errors: true consecutive_local_origin_failure { value: 3 } ";
        try (Script app = new Script(503, 0, 503, 0, 503);
                Carrying sidecar =
                        calling(split + ONLY_GATEWAY_ERRORS + LONG, NO_PANIC, app.address())) {
            assertThat(send(sidecar, 6)).isEqualTo("503 503 503 503 503 503UH");
        }
        try (Script app = new Script(0, 503, 0, 200, 0, 0);
                Carrying sidecar = calling(split + LONG, NO_PANIC, app.address())) {
            assertThat(send(sidecar, 7))
                    .as("an answer of any kind ends the row of broken connections")
                    .isEqualTo("503 503 503 200 503 503 200");
        }
    }

    /** baseEjectionTime: each ejection is longer by as much, and it comes back after each. */
    @Test
    void eachTimeItIsLeftOutForLonger() throws IOException {
        long base = 300;
        try (Script app = new Script();
                Carrying sidecar =
                        calling(
                                "consecutive_5xx { value: 1 } interval { seconds: 1000 } base_ejection_time { nanos: 300000000 } max_ejection_time { nanos: 900000000 }",
                                NO_PANIC,
                                app.address())) {
            for (long times : new long[] {1, 2, 3, 3}) {
                app.then(500);
                long start = System.nanoTime();
                assertThat(send(sidecar, 1)).isEqualTo("500");
                eventually(() -> assertThat(send(sidecar, 1)).isEqualTo("200"));
                assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start))
                        .as("%d times", times)
                        .isGreaterThanOrEqualTo(base * times - 20);
            }
        }
    }

    /** maxEjectionPercent: of five that all fail, two may be out; the others go on. */
    @Test
    void noMoreAreLeftOutThanTheRuleAllows() throws IOException {
        Script[] apps = new Script[5];
        InetSocketAddress[] addresses = new InetSocketAddress[5];
        for (int i = 0; i < apps.length; i++) {
            apps[i] = new Script();
            apps[i].always(500);
            addresses[i] = apps[i].address();
        }
        try (Carrying sidecar =
                calling(
                        "consecutive_5xx { value: 2 } max_ejection_percent { value: 40 } " + LONG,
                        NO_PANIC,
                        addresses)) {
            send(sidecar, 30);
            int[] before = new int[apps.length];
            for (int i = 0; i < apps.length; i++) {
                before[i] = apps[i].calls();
            }
            send(sidecar, 30);
            int out = 0;
            for (int i = 0; i < apps.length; i++) {
                out += apps[i].calls() == before[i] ? 1 : 0;
            }
            assertThat(out).isEqualTo(2);
        } finally {
            for (Script each : apps) {
                each.close();
            }
        }
    }

    /** minHealthPercent (E19): with fewer than half left, everybody is used again. */
    @Test
    void belowMinHealthPercentAllAreUsedAgain() throws IOException {
        try (Script one = new Script();
                Script two = new Script();
                Script three = new Script();
                Carrying sidecar =
                        calling(
                                "consecutive_5xx { value: 2 } max_ejection_percent { value: 100 } "
                                        + LONG,
                                "healthy_panic_threshold { value: 50 }",
                                one.address(),
                                two.address(),
                                three.address())) {
            one.always(500);
            send(sidecar, 12);
            int outNow = one.calls();
            send(sidecar, 12);
            assertThat(one.calls()).as("one of three is out").isEqualTo(outNow);

            two.always(500);
            send(sidecar, 12);
            int before = one.calls() + two.calls();
            send(sidecar, 12);
            assertThat(one.calls() + two.calls()).as("two of three would be").isGreaterThan(before);
            assertThat(send(sidecar, 12)).contains("500").contains("200");
        }
    }

    /** E19: none is left, and none may be used: 503 and UH, which the record says too. */
    @Test
    void whereNoneIsLeftTheFlagSaysSo() throws IOException {
        try (Script app = new Script(500);
                Carrying sidecar =
                        calling(
                                "consecutive_5xx { value: 1 } max_ejection_percent { value: 100 } "
                                        + LONG,
                                NO_PANIC,
                                app.address())) {
            assertThat(send(sidecar, 2)).isEqualTo("500 503UH");
            eventually(() -> assertThat(sidecar.seen()).hasSize(2));
            assertThat(sidecar.seen().getLast().flags())
                    .isEqualTo(ResponseFlag.NO_HEALTHY_UPSTREAM.code());
        }
    }
}

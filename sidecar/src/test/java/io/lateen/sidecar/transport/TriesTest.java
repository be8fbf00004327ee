package io.lateen.sidecar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.plan.ClusterLimits;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.MirrorPlan;
import io.lateen.sidecar.plan.OutlierPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.RetryCondition;
import io.lateen.sidecar.plan.RetryPlan;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.testkit.wait.Eventually;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class TriesTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: reviews\r\n\r\n";
    private static final String POST =
            "POST / HTTP/1.1\r\nHost: reviews\r\nContent-Length: 4\r\n\r\nbody";

    private static Plan plan(Plans.Cluster cluster, ForwardPolicy policy) {
        return plans(cluster, policy).plan();
    }

    private static Plans plans(Plans.Cluster cluster, ForwardPolicy policy) {
        return new Plans()
                .with(cluster)
                .socket(
                        "out",
                        Plans.anyPort(),
                        SocketPlan.Role.GATEWAY,
                        new ListenerPlan.Http(
                                Plans.http(Direction.GATEWAY, Plans.route("reviews", policy))));
    }

    private static ForwardPolicy retrying(RetryPlan retry) {
        return new ForwardPolicy(0, 0, retry, List.of(), List.of());
    }

    private static RetryPlan on(int attempts, Set<RetryCondition> conditions, Integer... codes) {
        return new RetryPlan(
                attempts,
                conditions,
                Set.of(codes),
                new RetryPlan.Pace(0, 1_000_000, 10_000_000),
                new RetryPlan.HostChoice(true, 5, 0));
    }

    private static InetSocketAddress nobody() {
        try (RawServer gone = RawServer.answering("")) {
            return gone.address();
        }
    }

    @Test
    void triesAnotherEndpointWhenOneDoesNotListen() throws IOException {
        try (RawServer good = RawServer.answering(RawServer.ok("good"));
                Carrying sidecar =
                        Carrying.start(
                                plan(
                                        Plans.cluster("reviews").at(nobody(), good.address()),
                                        retrying(on(2, Set.of(RetryCondition.CONNECT_FAILURE)))));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            for (int i = 0; i < 50; i++) {
                assertThat(client.send(i % 2 == 0 ? GET : POST).response()).endsWith("good");
            }
        }
    }

    @Test
    void triesAgainOnTheCodesOfTheRuleWithTheBodyAndCountsTheTries() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    while (c.head().contains("POST") && c.read(4).equals("body")) {
                                        c.write(
                                                calls.incrementAndGet() % 3 == 0
                                                        ? RawServer.ok("third")
                                                        : "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
                                    }
                                });
                Carrying sidecar =
                        Carrying.start(
                                plan(
                                        Plans.cluster("reviews").at(app.address()),
                                        retrying(
                                                on(
                                                        2,
                                                        Set.of(
                                                                RetryCondition
                                                                        .RETRIABLE_STATUS_CODES),
                                                        503))));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(POST).response()).endsWith("third");

            assertThat(app.heads())
                    .extracting(h -> h.substring(h.indexOf("x-envoy-attempt-count: ") + 23).strip())
                    .containsExactly("1", "2", "3");
            Eventually.eventually(() -> assertThat(sidecar.seen()).hasSize(1));
            assertThat(sidecar.seen().getFirst().attempts()).isEqualTo(3);
        }
    }

    @Test
    void givesTheLastAnswerWhenNoTryIsLeft() throws IOException {
        try (RawServer app = RawServer.answering("HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno");
                Carrying sidecar =
                        Carrying.start(
                                plan(
                                        Plans.cluster("reviews").at(app.address()),
                                        retrying(on(2, Set.of(RetryCondition.FIVE_XX)))));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 503 No").endsWith("no");

            assertThat(app.heads()).hasSize(3);
            Eventually.eventually(() -> assertThat(sidecar.seen()).hasSize(1));
            assertThat(sidecar.seen().getFirst().flags()).isEqualTo("URX");
        }
    }

    /** Half of the kept connections are closed by the endpoint just as a request comes. */
    @Test
    void losesNoRepeatableRequestAndSendsNoPostTwiceWhenEndpointsCloseKeptConnections()
            throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        Set<String> executed = ConcurrentHashMap.newKeySet();
        AtomicInteger twice = new AtomicInteger();
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    boolean first = true;
                                    for (String head = c.head(); !head.isEmpty(); head = c.head()) {
                                        boolean drop;
                                        synchronized (random) {
                                            drop = !first && random.nextInt(2) == 0;
                                        }
                                        first = false;
                                        if (head.startsWith("POST")) {
                                            c.read(4);
                                            String path = head.split(" ", -1)[1];
                                            if (!executed.add(path)) {
                                                twice.incrementAndGet();
                                            }
                                        }
                                        if (drop) {
                                            return;
                                        }
                                        c.write(RawServer.ok("ok"));
                                    }
                                });
                Carrying sidecar =
                        Carrying.start(
                                plan(
                                        Plans.cluster("reviews").at(app.address()),
                                        retrying(on(2, Set.of(RetryCondition.CONNECT_FAILURE)))));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            for (int i = 0; i < 500; i++) {
                assertThat(client.send(GET).response()).as("GET %d", i).startsWith("HTTP/1.1 200");
                String answer = client.send(POST.replace("POST /", "POST /" + i)).response();
                assertThat(answer).containsPattern("^HTTP/1.1 (200|503)");
            }
            assertThat(executed).hasSize(500);
            assertThat(twice).hasValue(0);
        }
    }

    @Test
    void endsARequestAtTheRoutesTimeoutAndItsUpstreamWithIt() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        ForwardPolicy policy =
                new ForwardPolicy(
                        TimeUnit.MILLISECONDS.toNanos(300),
                        0,
                        RetryPlan.NEVER,
                        List.of(),
                        List.of());
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.head();
                                    assertThat(c.in().read()).isEqualTo(-1);
                                    closed.countDown();
                                });
                Carrying sidecar =
                        Carrying.start(plan(Plans.cluster("reviews").at(app.address()), policy));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            long start = System.nanoTime();
            String answer = client.send(GET).response();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);

            assertThat(answer).startsWith("HTTP/1.1 504").contains("x-lateen-reason: UT; ");
            assertThat(millis).isBetween(290L, 2000L);
            assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void givesEachTryItsOwnTime() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        RetryPlan retry =
                new RetryPlan(
                        2,
                        Set.of(RetryCondition.FIVE_XX),
                        Set.of(),
                        new RetryPlan.Pace(
                                TimeUnit.MILLISECONDS.toNanos(200), 1_000_000, 10_000_000),
                        RetryPlan.HostChoice.ANY);
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.head();
                                    if (calls.incrementAndGet() < 3) {
                                        assertThat(c.in().read()).isEqualTo(-1);
                                    } else {
                                        c.write(RawServer.ok("at last"));
                                    }
                                });
                Carrying sidecar =
                        Carrying.start(
                                plan(Plans.cluster("reviews").at(app.address()), retrying(retry)));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(GET).response()).endsWith("at last");
        }
    }

    @Test
    void refusesAtOnceWhatIsBeyondTheClustersLimits() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    while (!c.head().isEmpty()) {
                                        await(go);
                                        c.write(RawServer.ok("done"));
                                    }
                                });
                Carrying sidecar =
                        Carrying.start(
                                plan(
                                        Plans.cluster("reviews")
                                                .at(app.address())
                                                .limits(
                                                        new ClusterLimits(
                                                                1,
                                                                1,
                                                                ClusterLimits.NO_LIMIT,
                                                                ClusterLimits.NO_LIMIT)),
                                        ForwardPolicy.PLAIN));
                RawClient first = RawClient.connect(sidecar.address("out"));
                RawClient second = RawClient.connect(sidecar.address("out"));
                RawClient third = RawClient.connect(sidecar.address("out"))) {
            first.send(GET);
            Eventually.eventually(() -> assertThat(app.heads()).hasSize(1));
            second.send(GET);
            Eventually.eventually(
                    () -> {
                        String answer = third.send(GET).response();
                        assertThat(answer).startsWith("HTTP/1.1 503").contains("reason: UO; ");
                    });
            go.countDown();

            assertThat(first.response()).endsWith("done");
            assertThat(second.response()).as("waited for the one connection").endsWith("done");
            assertThat(app.connections()).isEqualTo(1);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IOException("nobody said go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Test
    void leavesAFailingEndpointOutAndLetsItInAgain() throws IOException {
        AtomicInteger bad = new AtomicInteger();
        OutlierPlan outlier =
                new OutlierPlan(
                        5,
                        0,
                        0,
                        false,
                        TimeUnit.MILLISECONDS.toNanos(100),
                        TimeUnit.MILLISECONDS.toNanos(400),
                        TimeUnit.SECONDS.toNanos(1),
                        50);
        try (RawServer good = RawServer.answering(RawServer.ok("good"));
                RawServer failing =
                        RawServer.start(
                                c -> {
                                    while (!c.head().isEmpty()) {
                                        bad.incrementAndGet();
                                        c.write("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
                                    }
                                });
                Carrying sidecar =
                        Carrying.start(
                                plan(
                                        Plans.cluster("reviews")
                                                .at(good.address(), failing.address())
                                                .outlier(outlier),
                                        ForwardPolicy.PLAIN));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            for (int i = 0; i < 100; i++) {
                client.send(GET).response();
            }
            assertThat(bad).as("ejected after the fifth in a row").hasValue(5);

            Eventually.eventually(
                    () -> {
                        client.send(GET).response();
                        assertThat(bad.get()).as("let in again").isGreaterThan(5);
                    });
        }
    }

    @Test
    void saysThatNobodyIsThere() throws IOException {
        try (Carrying sidecar =
                        Carrying.start(plan(Plans.cluster("reviews"), ForwardPolicy.PLAIN));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(GET).response())
                    .startsWith("HTTP/1.1 503")
                    .contains("x-lateen-reason: UH; rule=" + Plans.RULE + "; revision=42; ")
                    .contains("no healthy endpoint for 'reviews' (of 0 known)");
        }
    }

    @Test
    void sendsCopiesThatTheRequestDoesNotNotice() throws IOException {
        List<String> bodies = new ArrayList<>();
        ForwardPolicy policy =
                new ForwardPolicy(
                        0,
                        0,
                        RetryPlan.NEVER,
                        List.of(),
                        List.of(
                                new MirrorPlan("shadow", 1_000_000),
                                new MirrorPlan("dead", 1_000_000)));
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    while (!c.head().isEmpty()) {
                                        c.read(4);
                                        c.write(RawServer.ok("real"));
                                    }
                                });
                RawServer shadow =
                        RawServer.start(
                                c -> {
                                    while (!c.head().isEmpty()) {
                                        synchronized (bodies) {
                                            bodies.add(c.read(4));
                                        }
                                        c.write("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
                                    }
                                });
                Carrying sidecar =
                        Carrying.start(
                                plans(Plans.cluster("reviews").at(app.address()), policy)
                                        .with(Plans.cluster("shadow").at(shadow.address()))
                                        .with(Plans.cluster("dead").at(nobody()))
                                        .plan());
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.send(POST).response()).endsWith("real");
            }
            Eventually.eventually(() -> assertThat(shadow.heads()).hasSize(20));
            Eventually.eventually(
                    () -> {
                        synchronized (bodies) {
                            assertThat(bodies).hasSize(20).containsOnly("body");
                        }
                    });
            assertThat(sidecar.seen()).as("copies are not counted").hasSizeLessThanOrEqualTo(20);
        }
    }

    @Test
    void keepsConnectionsOfAnUnchangedClusterAndDrainsThoseOfAnEndpointThatIsGone()
            throws IOException {
        try (RawServer one = RawServer.answering(RawServer.ok("1"));
                RawServer two = RawServer.answering(RawServer.ok("2"))) {
            Plans.Cluster first = Plans.cluster("reviews").at(one.address());
            Plan before = plan(first, ForwardPolicy.PLAIN);
            try (Carrying sidecar = Carrying.start(before)) {
                SocketPlan socket =
                        new SocketPlan(
                                "out", sidecar.address("out"), SocketPlan.Role.GATEWAY, null);
                RawClient client = RawClient.connect(sidecar.address("out"));
                assertThat(client.send(GET).response()).endsWith("1");
                assertThat(socket.address().getPort()).isPositive();

                sidecar.apply(
                        plan(
                                Plans.cluster("reviews").at(one.address()),
                                retrying(on(1, Set.of()))));
                assertThat(client.send(GET).response()).endsWith("1");
                assertThat(one.connections()).isEqualTo(1);

                sidecar.apply(
                        plan(Plans.cluster("reviews").at(two.address()), ForwardPolicy.PLAIN));
                assertThat(client.send(GET).response()).endsWith("2");
                client.close();
            }
        }
    }
}

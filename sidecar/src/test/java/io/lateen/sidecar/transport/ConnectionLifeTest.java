package io.lateen.sidecar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.testkit.wait.Eventually;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long connections to an application are kept, and which is used first. */
@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class ConnectionLifeTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: reviews\r\n\r\n";
    private static final String POST =
            "POST / HTTP/1.1\r\nHost: reviews\r\nContent-Length: 0\r\n\r\n";
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong clock = new AtomicLong(SECOND);

    private static Plan plan(Plans.Cluster cluster) {
        return new Plans()
                .with(cluster)
                .socket(
                        "out",
                        Plans.anyPort(),
                        SocketPlan.Role.GATEWAY,
                        new ListenerPlan.Http(
                                Plans.http(
                                        Direction.GATEWAY,
                                        Plans.route("reviews", ForwardPolicy.PLAIN))))
                .plan();
    }

    private Carrying start(Plans.Cluster cluster) {
        return Carrying.start(plan(cluster), Carrying.settings(clock::get), 1);
    }

    private static void ok(RawClient client, String request) throws IOException {
        assertThat(client.send(request).response()).startsWith("HTTP/1.1 200");
    }

    @Test
    void aConnectionTakesSoManyRequestsAndNoMore() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("ok"));
                Carrying sidecar =
                        start(Plans.cluster("reviews").at(app.address()).maxRequests(4));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            for (int i = 0; i < 20; i++) {
                ok(client, GET);
            }
            assertThat(app.connections()).isEqualTo(5);
        }
    }

    @Test
    void aConnectionIsNotUsedBeyondTheConfiguredIdleTime() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("ok"));
                Carrying sidecar =
                        start(Plans.cluster("reviews").at(app.address()).idleTimeout(10 * SECOND));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            ok(client, GET);
            clock.addAndGet(9 * SECOND);
            ok(client, GET);
            assertThat(app.connections()).isEqualTo(1);

            clock.addAndGet(10 * SECOND);
            ok(client, GET);
            assertThat(app.connections()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionIsLeftBeforeTheTimeThatTheApplicationPromised() throws IOException {
        try (RawServer app =
                        RawServer.answering(
                                "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5\r\n"
                                        + "Content-Length: 2\r\n\r\nok");
                Carrying sidecar = start(Plans.cluster("reviews").at(app.address()));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            ok(client, GET);
            clock.addAndGet(4 * SECOND);
            ok(client, GET);
            assertThat(app.connections()).isEqualTo(1);

            clock.addAndGet(4 * SECOND + SECOND / 2);
            ok(client, GET);
            assertThat(app.connections()).isEqualTo(2);
        }
    }

    /** It closes one that was idle for 8 s: the next is left after 6. */
    @Test
    void whenTheApplicationClosesIsLearned() throws Exception {
        CountDownLatch close = new CountDownLatch(1);
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    while (!c.head().isEmpty()) {
                                        c.write(RawServer.ok("ok"));
                                        if (c.number() == 0) {
                                            await(close);
                                            return;
                                        }
                                    }
                                });
                Carrying sidecar = start(Plans.cluster("reviews").at(app.address()));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            ok(client, GET);
            clock.addAndGet(8 * SECOND);
            close.countDown();
            Eventually.eventually(
                    () ->
                            assertThat(
                                            sidecar.listeners().counts().join().stream()
                                                    .mapToLong(each -> each.tally().connections())
                                                    .sum())
                                    .isZero());
            ok(client, GET);
            clock.addAndGet(5 * SECOND);
            ok(client, GET);
            assertThat(app.connections()).isEqualTo(2);

            clock.addAndGet(6 * SECOND);
            ok(client, GET);
            assertThat(app.connections()).as("left in time").isEqualTo(3);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IOException("nobody said close");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Test
    void aPostTrustsAConnectionThatWasJustUsed() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("ok"));
                Carrying sidecar = start(Plans.cluster("reviews").at(app.address()));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            ok(client, POST);
            clock.addAndGet(SECOND);
            ok(client, POST);
            assertThat(app.connections()).isEqualTo(1);

            clock.addAndGet(SECOND + 1);
            ok(client, POST);
            assertThat(app.connections()).isEqualTo(2);
        }
    }

    /** Of two idle connections the one used last is used first, so that the other can go. */
    @Test
    void theConnectionUsedLastIsUsedFirst() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    boolean first = true;
                                    while (!c.head().isEmpty()) {
                                        if (first) {
                                            both.countDown();
                                            await(both);
                                        }
                                        first = false;
                                        c.write(RawServer.ok(Integer.toString(c.number())));
                                    }
                                });
                Carrying sidecar = start(Plans.cluster("reviews").at(app.address()));
                RawClient one = RawClient.connect(sidecar.address("out"));
                RawClient two = RawClient.connect(sidecar.address("out"))) {
            one.send(GET);
            two.send(GET);
            one.response();
            two.response();
            String last = one.send(GET).response();
            for (int i = 0; i < 10; i++) {
                assertThat(two.send(GET).response()).isEqualTo(last);
            }
        }
    }
}

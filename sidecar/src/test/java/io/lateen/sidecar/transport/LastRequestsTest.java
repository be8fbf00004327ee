package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.sidecar.tls.Workloads;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Checklist E31, E32: the requests that come last, while a sidecar ends, on a machine where
 * everything is late. Whoever has connected is served, wherever the connection stands.
 */
class LastRequestsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: reviews\r\n\r\n";
    private static final CompletableFuture<Void> AT_ONCE = CompletableFuture.completedFuture(null);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final AtomicLong ahead = new AtomicLong();
    private final RawServer app = RawServer.answering(RawServer.ok("served"));
    private final Carrying sidecar =
            Carrying.start(
                    Plans.inbound(app.address()),
                    Carrying.settings(() -> System.nanoTime() + ahead.get()),
                    1);
    private final InetSocketAddress address = sidecar.address("virtualInbound");

    @AfterEach
    void close() {
        sidecar.close();
        app.close();
    }

    @Test
    void aConnectionThatHasSaidNothingYetIsWaitedFor() throws Exception {
        try (RawClient silent = RawClient.connect(address);
                RawClient other = RawClient.connect(address)) {
            // Accepted in order: when this one is served, the other one is there.
            assertThat(other.send(GET).response()).endsWith("served");
            other.socket().close();

            CompletableFuture<Void> drained = sidecar.listeners().drain(AT_ONCE, LIMIT);
            awaitClosed(address);
            assertThat(drained).isNotDone();

            assertThat(silent.send(GET).readAll())
                    .startsWith("HTTP/1.1 200 ")
                    .contains("connection: close")
                    .endsWith("served");
            drained.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void aConnectionThatSaysNothingIsNotWaitedForLong() throws Exception {
        try (RawClient silent = RawClient.connect(address)) {
            sidecar.listeners().drain(AT_ONCE, LIMIT).get(5, TimeUnit.SECONDS);

            assertThat(silent.readAll()).isEmpty();
        }
    }

    @Test
    void aHandshakeThatHasBegunIsWaitedFor() throws Exception {
        try (Carrying secured =
                        Carrying.start(
                                TlsPlans.strictHttp(app.address()),
                                Carrying.settings(),
                                1,
                                new Workloads().tls("reviews"));
                RawClient first = RawClient.connect(secured.address("virtualInbound"));
                RawClient second = RawClient.connect(secured.address("virtualInbound"))) {
            InetSocketAddress at = secured.address("virtualInbound");
            first.send("\u0016\u0003\u0001");
            // Refused at once: by then the first is there too.
            second.send(GET);
            assertThat(second.readAll()).isEmpty();

            CompletableFuture<Void> drained = secured.listeners().drain(AT_ONCE, LIMIT);
            awaitClosed(at);

            assertThat(drained).isNotDone();
            first.socket().close();
            drained.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatTheKernelHasAcceptedIsServed() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<RawClient> clients = new ArrayList<>();
        try {
            sidecar.stopAccepting(go);
            for (int i = 0; i < 50; i++) {
                clients.add(RawClient.connect(address).send(GET));
            }

            CompletableFuture<Void> drained = sidecar.listeners().drain(AT_ONCE, LIMIT);
            go.countDown();

            for (RawClient each : clients) {
                assertThat(each.readAll()).startsWith("HTTP/1.1 200 ").endsWith("served");
            }
            drained.get(5, TimeUnit.SECONDS);
        } finally {
            for (RawClient each : clients) {
                each.close();
            }
        }
    }

    @Test
    void aRequestThatWaitsToBeReadIsServedBeforeItsConnectionIsClosed() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawClient client = RawClient.connect(address)) {
            assertThat(client.send(GET).response()).endsWith("served");
            sidecar.stopServing(go);
            client.send(GET);
            ahead.addAndGet(TimeUnit.SECONDS.toNanos(10));

            // By the time that the loop comes to it, the connection has been idle for too long.
            CompletableFuture<Void> drained = sidecar.listeners().drain(AT_ONCE, LIMIT);
            awaitClosed(address);
            go.countDown();

            assertThat(client.readAll()).contains("connection: close").endsWith("served");
            drained.get(5, TimeUnit.SECONDS);
        }
    }

    private static void awaitClosed(InetSocketAddress address) {
        eventually(
                () ->
                        assertThatThrownBy(() -> RawClient.connect(address).close())
                                .isInstanceOf(ConnectException.class));
    }
}

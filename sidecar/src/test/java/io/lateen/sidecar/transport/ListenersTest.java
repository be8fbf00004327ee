package io.lateen.sidecar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.testkit.wait.Eventually;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class ListenersTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: reviews\r\n\r\n";
    private static final CompletableFuture<Void> AT_ONCE = CompletableFuture.completedFuture(null);

    private static Plan plan(InetSocketAddress app, InetSocketAddress... sockets) {
        Plans plans = new Plans().with(Plans.cluster("app").at(app));
        for (InetSocketAddress each : sockets) {
            plans.socket(
                    "in-" + each.getPort(),
                    each,
                    SocketPlan.Role.INBOUND,
                    new ListenerPlan.Http(
                            Plans.http(
                                    Direction.INBOUND, Plans.route("app", ForwardPolicy.PLAIN))));
        }
        return plans.plan();
    }

    private static InetSocketAddress free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }
    }

    @Test
    void bindsWhatAPlanAddsAndClosesWhatItDropsWithoutBreakingARequest() throws IOException {
        CountDownLatch go = new CountDownLatch(1);
        InetSocketAddress first = free();
        InetSocketAddress second = free();
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    while (!c.head().isEmpty()) {
                                        waitFor(go);
                                        c.write(RawServer.ok("done"));
                                    }
                                });
                Carrying sidecar = Carrying.start(plan(app.address(), first));
                RawClient running = RawClient.connect(first)) {
            running.send(GET);
            Eventually.eventually(() -> assertThat(app.heads()).hasSize(1));

            sidecar.apply(plan(app.address(), second));
            go.countDown();

            assertThat(running.readAll()).as("ends, then closes").endsWith("done");
            try (RawClient client = RawClient.connect(second)) {
                assertThat(client.send(GET).response()).endsWith("done");
            }
            Assertions.assertThatThrownBy(() -> RawClient.connect(first))
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void reportsAPortThatIsTakenAndKeepsWhatIsInForce() throws IOException {
        InetSocketAddress first = free();
        try (RawServer app = RawServer.answering(RawServer.ok("still here"));
                RawServer taken = RawServer.answering("");
                Carrying sidecar = Carrying.start(plan(app.address(), first))) {
            List<Listeners.Unbound> faults =
                    sidecar.listeners().apply(plan(app.address(), first, taken.address()));

            assertThat(faults)
                    .singleElement()
                    .satisfies(
                            fault ->
                                    assertThat(fault.reason())
                                            .contains(
                                                    "cannot listen on 127.0.0.1:"
                                                            + taken.address().getPort())
                                            .containsIgnoringCase("in use"));
            try (RawClient client = RawClient.connect(first)) {
                assertThat(client.send(GET).response()).endsWith("still here");
            }
        }
    }

    @Test
    void endsInOrder() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        InetSocketAddress address = free();
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    while (!c.head().isEmpty()) {
                                        waitFor(go);
                                        c.write(RawServer.ok("done"));
                                    }
                                });
                Carrying sidecar = Carrying.start(plan(app.address(), address));
                RawClient running = RawClient.connect(address)) {
            running.send(GET);
            Eventually.eventually(() -> assertThat(app.heads()).hasSize(1));
            CompletableFuture<Void> propagated = new CompletableFuture<>();
            CompletableFuture<Void> drained =
                    sidecar.listeners().drain(propagated, Duration.ofSeconds(10));

            try (RawClient late = RawClient.connect(address)) {
                late.send(GET);
                Eventually.eventually(() -> assertThat(app.heads()).as("still served").hasSize(2));
                propagated.complete(null);
                Eventually.eventually(
                        () ->
                                Assertions.assertThatThrownBy(
                                                () -> RawClient.connect(address).close())
                                        .isInstanceOf(ConnectException.class));
                assertThat(drained).isNotDone();
                go.countDown();

                assertThat(late.readAll()).contains("connection: close").endsWith("done");
                assertThat(running.readAll()).contains("connection: close").endsWith("done");
            }
            drained.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void endsWhatComesFromOthersWhileItsOwnCallsGoOn() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        InetSocketAddress in = free();
        InetSocketAddress out = free();
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    while (!c.head().isEmpty()) {
                                        waitFor(go);
                                        c.write(RawServer.ok("done"));
                                    }
                                });
                RawServer other = RawServer.answering(RawServer.ok("other"));
                Carrying sidecar = Carrying.start(bothWays(app, in, other, out));
                RawClient running = RawClient.connect(in);
                RawClient calling = RawClient.connect(out)) {
            running.send(GET);
            Eventually.eventually(() -> assertThat(app.heads()).hasSize(1));
            assertThat(calling.send(GET).response()).endsWith("other");

            CompletableFuture<Void> drained =
                    sidecar.listeners().drainInbound(AT_ONCE, Duration.ofSeconds(10));

            Eventually.eventually(
                    () ->
                            Assertions.assertThatThrownBy(() -> RawClient.connect(in).close())
                                    .isInstanceOf(ConnectException.class));
            assertThat(drained).isNotDone();
            go.countDown();
            assertThat(running.readAll()).contains("connection: close").endsWith("done");
            drained.get(5, TimeUnit.SECONDS);
            assertThat(calling.send(GET).response())
                    .as("on the same connection as before")
                    .doesNotContain("connection: close")
                    .endsWith("other");
        }
    }

    @Test
    void aClientThatWasNotToldMaySendOnceMore() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        InetSocketAddress in = free();
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.head();
                                    c.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlo");
                                    waitFor(go);
                                    c.write("ng");
                                    c.head();
                                    c.write(RawServer.ok("served"));
                                });
                Carrying sidecar = Carrying.start(plan(app.address(), in));
                RawClient client = RawClient.connect(in)) {
            client.send(GET);
            assertThat(client.head()).doesNotContain("connection: close");

            CompletableFuture<Void> drained =
                    sidecar.listeners().drain(AT_ONCE, Duration.ofSeconds(10));
            Eventually.eventually(
                    () ->
                            Assertions.assertThatThrownBy(() -> RawClient.connect(in).close())
                                    .isInstanceOf(ConnectException.class));
            go.countDown();
            assertThat(client.read(4)).isEqualTo("long");

            assertThat(client.send(GET).readAll()).contains("connection: close").endsWith("served");
            drained.get(5, TimeUnit.SECONDS);
        }
    }

    private static Plan bothWays(
            RawServer app, InetSocketAddress in, RawServer other, InetSocketAddress out) {
        return new Plans()
                .with(Plans.cluster("app").at(app.address()))
                .with(Plans.cluster("other").at(other.address()))
                .socket(
                        "in",
                        in,
                        SocketPlan.Role.INBOUND,
                        new ListenerPlan.Http(
                                Plans.http(
                                        Direction.INBOUND,
                                        Plans.route("app", ForwardPolicy.PLAIN))))
                .socket("out", out, SocketPlan.Role.OUTBOUND_CAPTURE)
                .named(
                        "reviews:80",
                        new ListenerPlan.Http(
                                Plans.http(
                                        Direction.OUTBOUND,
                                        Plans.route("other", ForwardPolicy.PLAIN))))
                .plan();
    }

    private static void waitFor(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IOException("nobody said go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}

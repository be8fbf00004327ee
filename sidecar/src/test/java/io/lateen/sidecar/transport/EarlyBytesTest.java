package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.plan.ConnectionPolicy;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.SocketPlan;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What a client sends behind a request for another protocol, before that is agreed, is smuggled
 * past nobody (attack A16). For {@code h2c} see {@link Http2UpgradeTest}.
 */
@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class EarlyBytesTest {
    private static final String UPGRADE =
            "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
    private static final String SMUGGLED = "GET /admin HTTP/1.1\r\nHost: a\r\n\r\n";

    private static Road road(RawServer server) throws IOException {
        return Road.http(
                Road.Kind.INBOUND, server.address(), ConnectionPolicy.UpstreamProtocol.HTTP1);
    }

    @Test
    void theServerHearsThemOnlyAfterItHasAgreed() throws Exception {
        CountDownLatch agree = new CountDownLatch(1);
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.head();
                                    await(agree);
                                    c.write(
                                            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket"
                                                    + "\r\nConnection: upgrade\r\n\r\n");
                                    c.write(c.read(SMUGGLED.length()));
                                });
                Road road = road(app);
                RawClient client = RawClient.connect(road.address())) {
            client.send(UPGRADE + SMUGGLED);
            eventually(() -> assertThat(app.heads()).hasSize(1));
            assertThat(road.far().toServer()).doesNotContain("/admin");
            agree.countDown();

            assertThat(client.head()).startsWith("HTTP/1.1 101 ");
            assertThat(client.readAll()).as("bytes of the tunnel").isEqualTo(SMUGGLED);
            assertThat(road.sidecars().getFirst().seen()).hasSize(1);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IOException("nobody agreed");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void whenTheServerRefusesTheyAreARequestLikeAnyOther() throws Exception {
        try (RawServer app =
                        RawServer.answering("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
                Road road = road(app);
                RawClient client = RawClient.connect(road.address())) {
            client.send(UPGRADE + SMUGGLED);
            client.response();
            client.response();

            Carrying sidecar = road.sidecars().getFirst();
            eventually(() -> assertThat(sidecar.seen()).hasSize(2));
            assertThat(sidecar.seen())
                    .as("routed, filtered and recorded on its own")
                    .extracting(Carrying.Seen::target)
                    .containsExactly("/chat", "/admin");
            assertThat(app.heads().getLast()).contains("x-request-id: ");
        }
    }

    @Test
    void whatIsNoRequestIsNotSentOn() throws Exception {
        try (RawServer app = RawServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno");
                Road road = road(app);
                RawClient client = RawClient.connect(road.address())) {
            client.send(UPGRADE + "\u0081\u0085\u0000\u0000\u0000\u0000hello");

            assertThat(client.response()).endsWith("no");
            assertThat(client.readAll()).startsWith("HTTP/1.1 400 ");
            assertThat(app.heads()).hasSize(1);
            assertThat(road.far().toServer()).doesNotContain("hello");
        }
    }

    @Test
    void behindAConnectThatFailsNobodyHearsThem() throws Exception {
        RawServer gone = RawServer.answering("");
        gone.close();
        try (RawServer other = RawServer.answering(RawServer.ok("hi"));
                Carrying sidecar =
                        Carrying.start(
                                new Plans()
                                        .with(Plans.cluster("app").at(gone.address()))
                                        .with(Plans.cluster("other").at(other.address()))
                                        .socket(
                                                "out",
                                                Plans.anyPort(),
                                                SocketPlan.Role.OUTBOUND_CAPTURE)
                                        .named("echo:9000", new ListenerPlan.Tcp(Plans.tcp("app")))
                                        .anyHttp(
                                                new ListenerPlan.Http(
                                                        Plans.http(
                                                                Direction.OUTBOUND,
                                                                Plans.route(
                                                                        "other",
                                                                        ForwardPolicy.PLAIN))))
                                        .plan());
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            client.send("CONNECT echo:9000 HTTP/1.1\r\nHost: echo:9000\r\n\r\n" + SMUGGLED);

            assertThat(client.readAll()).startsWith("HTTP/1.1 503 ").doesNotContain("200 OK");
            assertThat(other.connections()).isZero();
        }
    }
}

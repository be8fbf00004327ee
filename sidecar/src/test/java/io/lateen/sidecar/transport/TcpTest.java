package io.lateen.sidecar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.plan.Detection;
import io.lateen.sidecar.plan.Discovery;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.HttpPlan;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.testkit.wait.Eventually;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class TcpTest {
    private static final RawServer.Script REVERSE_AT_END =
            c -> {
                byte[] all = c.in().readAllBytes();
                c.write(
                        new StringBuilder(new String(all, StandardCharsets.ISO_8859_1))
                                .reverse()
                                .toString());
            };

    private static Plans inbound(RawServer server, ListenerPlan listener) {
        return new Plans()
                .with(Plans.cluster("app").at(server.address()))
                .socket("in", Plans.anyPort(), SocketPlan.Role.INBOUND, listener);
    }

    private static HttpPlan http() {
        return Plans.http(Direction.INBOUND, Plans.route("app", ForwardPolicy.PLAIN));
    }

    @Test
    void passesAHalfClosedConnectionOnAndCountsItsBytes() throws IOException {
        try (RawServer app = RawServer.start(REVERSE_AT_END);
                Carrying sidecar =
                        Carrying.start(
                                inbound(app, new ListenerPlan.Tcp(Plans.tcp("app"))).plan());
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            client.send("hello");
            client.socket().shutdownOutput();

            assertThat(client.readAll()).isEqualTo("olleh");
            Eventually.eventually(() -> assertThat(sidecar.flows()).hasSize(1));
            assertThat(sidecar.flows().getFirst().bytesReceived()).isEqualTo(5);
            assertThat(sidecar.flows().getFirst().bytesSent()).isEqualTo(5);
        }
    }

    @Test
    void letsTheServerSpeakFirst() throws IOException {
        try (RawServer app = RawServer.start(c -> c.write("220 welcome"));
                Carrying sidecar =
                        Carrying.start(
                                inbound(app, new ListenerPlan.Tcp(Plans.tcp("app"))).plan());
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            assertThat(client.readAll()).isEqualTo("220 welcome");
        }
    }

    @Test
    void closesWhenNobodyListens() throws IOException {
        RawServer gone = RawServer.answering("");
        gone.close();
        try (Carrying sidecar =
                        Carrying.start(
                                inbound(gone, new ListenerPlan.Tcp(Plans.tcp("app"))).plan());
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            assertThat(client.readAll()).isEmpty();
            Eventually.eventually(() -> assertThat(sidecar.flows()).hasSize(1));
            assertThat(sidecar.flows().getFirst().failure()).isNotNull();
        }
    }

    @Test
    void readsAnUndeclaredPortAsWhatItSpeaks() throws IOException {
        ListenerPlan sniffed =
                new ListenerPlan.Sniffed(http(), Plans.tcp("app"), Detection.UNBOUNDED);
        try (RawServer web = RawServer.answering(RawServer.ok("web"));
                Carrying sidecar = Carrying.start(inbound(web, sniffed).plan());
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            client.send("GET / HT").send("TP/1.1\r\nHost: a\r\n\r\n");

            assertThat(client.response()).endsWith("web");
            assertThat(web.heads().getFirst()).contains("x-request-id");
        }
        try (RawServer app = RawServer.start(REVERSE_AT_END);
                Carrying sidecar = Carrying.start(inbound(app, sniffed).plan())) {
            for (String bytes :
                    new String[] {"hello", "GET / HTTP/1.0\r\n\r\n", "\u0016\u0003\u0001"}) {
                try (RawClient client = RawClient.connect(sidecar.address("in"))) {
                    client.send(bytes);
                    client.socket().shutdownOutput();
                    assertThat(client.readAll())
                            .isEqualTo(new StringBuilder(bytes).reverse().toString());
                }
            }
        }
    }

    @Test
    void tunnelsAConnectToItsService() throws IOException {
        try (RawServer app = RawServer.start(REVERSE_AT_END);
                RawServer web = RawServer.answering(RawServer.ok("web"));
                Carrying sidecar =
                        Carrying.start(
                                new Plans()
                                        .with(Plans.cluster("app").at(app.address()))
                                        .with(Plans.cluster("web").at(web.address()))
                                        .socket(
                                                "out",
                                                Plans.anyPort(),
                                                SocketPlan.Role.OUTBOUND_CAPTURE)
                                        .named("echo:9000", new ListenerPlan.Tcp(Plans.tcp("app")))
                                        .named(
                                                "web:80",
                                                new ListenerPlan.Http(
                                                        Plans.http(
                                                                Direction.OUTBOUND,
                                                                Plans.route(
                                                                        "web",
                                                                        ForwardPolicy.PLAIN))))
                                        .plan())) {
            try (RawClient client = RawClient.connect(sidecar.address("out"))) {
                client.send("CONNECT echo:9000 HTTP/1.1\r\nHost: echo:9000\r\n\r\nabc");
                assertThat(client.head()).startsWith("HTTP/1.1 200");
                client.send("def").socket().shutdownOutput();
                assertThat(client.readAll()).isEqualTo("fedcba");
            }
            try (RawClient client = RawClient.connect(sidecar.address("out"))) {
                client.send("CONNECT web:80 HTTP/1.1\r\nHost: web:80\r\n\r\n");
                assertThat(client.head()).startsWith("HTTP/1.1 200");
                assertThat(client.send("GET / HTTP/1.1\r\nHost: web\r\n\r\n").response())
                        .endsWith("web");
            }
            try (RawClient client = RawClient.connect(sidecar.address("out"))) {
                assertThat(client.send("GET http://web/x HTTP/1.1\r\nHost: web\r\n\r\n").response())
                        .endsWith("web");
                assertThat(web.heads().getLast()).startsWith("GET /x HTTP/1.1\r\nHost: web\r\n");
            }
        }
    }

    @Test
    void answersAConnectWithWhatItMet() throws IOException {
        RawServer gone = RawServer.answering("");
        gone.close();
        try (Carrying sidecar =
                Carrying.start(
                        new Plans()
                                .with(Plans.cluster("app").at(gone.address()))
                                .with(Plans.cluster("empty"))
                                .socket("out", Plans.anyPort(), SocketPlan.Role.OUTBOUND_CAPTURE)
                                .named("echo:9000", new ListenerPlan.Tcp(Plans.tcp("app")))
                                .named("empty:9000", new ListenerPlan.Tcp(Plans.tcp("empty")))
                                .plan())) {
            try (RawClient client = RawClient.connect(sidecar.address("out"))) {
                client.send("CONNECT echo:9000 HTTP/1.1\r\nHost: echo:9000\r\n\r\n");
                assertThat(client.readAll())
                        .startsWith("HTTP/1.1 503 ")
                        .contains("x-lateen-reason: UF; no connection to 127.0.0.1:");
            }
            try (RawClient client = RawClient.connect(sidecar.address("out"))) {
                client.send("CONNECT empty:9000 HTTP/1.1\r\nHost: empty:9000\r\n\r\n");
                assertThat(client.readAll())
                        .startsWith("HTTP/1.1 503 ")
                        .contains("x-lateen-reason: UH; no healthy endpoint for 'empty'");
            }
        }
    }

    @Test
    void resolvesTheAuthorityOfAnOutsideHost() throws IOException {
        try (RawServer outside = RawServer.answering(RawServer.ok("outside"));
                Carrying sidecar =
                        Carrying.start(
                                new Plans()
                                        .with(
                                                Plans.cluster("PassthroughCluster")
                                                        .discovery(
                                                                new Discovery
                                                                        .OriginalDestination()))
                                        .socket(
                                                "out",
                                                Plans.anyPort(),
                                                SocketPlan.Role.OUTBOUND_CAPTURE)
                                        .anyHttp(
                                                new ListenerPlan.Http(
                                                        Plans.http(
                                                                Direction.OUTBOUND,
                                                                Plans.route(
                                                                        "PassthroughCluster",
                                                                        ForwardPolicy.PLAIN))))
                                        .anyBytes(
                                                new ListenerPlan.Tcp(
                                                        Plans.tcp("PassthroughCluster")))
                                        .plan())) {
            int port = outside.address().getPort();
            try (RawClient client = RawClient.connect(sidecar.address("out"))) {
                client.send("GET / HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n");
                assertThat(client.response()).endsWith("outside");
                client.send("GET / HTTP/1.1\r\nHost: no-such-host.invalid\r\n\r\n");
                assertThat(client.response()).startsWith("HTTP/1.1 503").contains("reason: DF; ");
                String own = "127.0.0.1:" + sidecar.address("out").getPort();
                client.send("GET / HTTP/1.1\r\nHost: " + own + "\r\n\r\n");
                assertThat(client.response()).as("no loop").startsWith("HTTP/1.1 404");
            }
            try (RawClient client = RawClient.connect(sidecar.address("out"))) {
                client.send("CONNECT localhost:" + port + " HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(client.head()).startsWith("HTTP/1.1 200");
                assertThat(client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").response())
                        .endsWith("outside");
            }
        }
    }

    @Test
    void standsForADependencyAtItsOwnAddress() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("reviews"));
                Carrying sidecar =
                        Carrying.start(
                                new Plans()
                                        .with(Plans.cluster("reviews").at(app.address()))
                                        .dependency("dep", Plans.anyPort(), "reviews", 9080)
                                        .named(
                                                "reviews:9080",
                                                new ListenerPlan.Http(
                                                        Plans.http(
                                                                Direction.OUTBOUND,
                                                                Plans.route(
                                                                        "reviews",
                                                                        ForwardPolicy.PLAIN))))
                                        .plan());
                RawClient client = RawClient.connect(sidecar.address("dep"))) {
            assertThat(client.send("GET / HTTP/1.1\r\nHost: 127.0.0.1:6000\r\n\r\n").response())
                    .endsWith("reviews");
            assertThat(app.heads().getFirst()).contains("Host: reviews:9080\r\n");
        }
    }
}

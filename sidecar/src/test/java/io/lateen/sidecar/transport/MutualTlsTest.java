package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.identity.LiveCertificate;
import io.lateen.sidecar.plan.ConnectionPolicy;
import io.lateen.sidecar.plan.UpstreamTls;
import io.lateen.sidecar.tls.Tls;
import io.lateen.sidecar.tls.Workloads;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two sidecars, with real sockets between them. */
class MutualTlsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: reviews\r\n\r\n";

    private final Workloads workloads = new Workloads();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        open.add(resource);
        return resource;
    }

    private Carrying server(RawServer application, Tls tls) {
        return closing(
                Carrying.start(
                        TlsPlans.strictHttp(application.address()), Carrying.settings(), 1, tls));
    }

    private Carrying client(Plans.Cluster reviews, Tls tls) {
        return closing(Carrying.start(TlsPlans.outboundHttp(reviews), Carrying.settings(), 1, tls));
    }

    private static InetSocketAddress inbound(Carrying sidecar) {
        return sidecar.address("virtualInbound");
    }

    private RawClient call(Carrying sidecar) throws IOException {
        return closing(RawClient.connect(sidecar.address("dependency")));
    }

    @Test
    void carriesRequestsBetweenTwoIdentities() throws IOException {
        RawServer app = closing(RawServer.answering(RawServer.ok("hello")));
        Carrying server = server(app, workloads.tls("reviews"));
        Carrying client =
                client(
                        TlsPlans.reviews(inbound(server), TlsPlans.to("reviews")),
                        workloads.tls("productpage"));

        String first = call(client).send(GET).response();
        String second = call(client).send(GET).response();

        assertThat(first).startsWith("HTTP/1.1 200 OK").endsWith("hello");
        assertThat(second).endsWith("hello");
        eventually(
                () -> {
                    assertThat(server.seen()).hasSize(2);
                    assertThat(server.seen().getFirst().principals())
                            .hasToString(
                                    "Principals[source="
                                            + Workloads.identity("productpage")
                                            + ", destination="
                                            + Workloads.identity("reviews")
                                            + "]");
                    assertThat(client.seen().getFirst().principals())
                            .isEqualTo(server.seen().getFirst().principals());
                });
    }

    @Test
    void carriesHttp2() throws IOException {
        RawServer app = closing(RawServer.answering(RawServer.ok("hello")));
        Carrying server = server(app, workloads.tls("reviews"));
        Carrying client =
                client(
                        TlsPlans.reviews(inbound(server), TlsPlans.to("reviews"))
                                .protocol(ConnectionPolicy.UpstreamProtocol.HTTP2),
                        workloads.tls("productpage"));

        assertThat(call(client).send(GET).response()).endsWith("hello");
    }

    @Test
    void doesNotSpeakWithWhomItDidNotMeanToCall() throws IOException {
        RawServer app = closing(RawServer.answering(RawServer.ok("secret")));
        Carrying server = server(app, workloads.tls("intruder"));
        Carrying client =
                client(
                        TlsPlans.reviews(inbound(server), TlsPlans.to("reviews")),
                        workloads.tls("productpage"));

        String answer = call(client).send(GET).response();

        assertThat(answer)
                .startsWith("HTTP/1.1 503")
                .contains("x-lateen-reason: UF;")
                .contains("found " + Workloads.identity("intruder"))
                .contains("expected " + Workloads.identity("reviews"));
        assertThat(app.heads()).isEmpty();
    }

    @Test
    void doesNotSpeakWithWhomAnotherRootVouchesFor() throws IOException {
        RawServer app = closing(RawServer.answering(RawServer.ok("secret")));
        Carrying server = server(app, new Workloads().tls("reviews"));
        Carrying client =
                client(
                        TlsPlans.reviews(inbound(server), TlsPlans.to("reviews")),
                        workloads.tls("productpage"));

        assertThat(call(client).send(GET).response())
                .startsWith("HTTP/1.1 503")
                .contains("not vouched for by a root that is trusted here");
        assertThat(app.heads()).isEmpty();
    }

    @Test
    void saysThatItHasNoCertificate() throws IOException {
        RawServer app = closing(RawServer.answering(RawServer.ok("secret")));
        Carrying server = server(app, workloads.tls("reviews"));
        Carrying client =
                client(TlsPlans.reviews(inbound(server), TlsPlans.to("reviews")), Tls.none());

        assertThat(call(client).send(GET).response())
                .startsWith("HTTP/1.1 503")
                .contains("this sidecar has no certificate; start it with --ca-address");
    }

    @Test
    void takesNobodyInPlainText() throws IOException {
        RawServer app = closing(RawServer.answering(RawServer.ok("secret")));
        Carrying server = server(app, workloads.tls("reviews"));
        RawClient client = closing(RawClient.connect(inbound(server)));

        assertThat(client.send(GET).readAll()).isEmpty();
        assertThat(app.heads()).isEmpty();
        eventually(() -> assertThat(server.flows()).hasSize(1));
        assertThat(server.flows().getFirst().failure())
                .hasToString(
                        "NoFilterChain[reason=no filter chain of virtualInbound takes plain text to port "
                                + inbound(server).getPort()
                                + "; where PeerAuthentication is STRICT, call through a sidecar]");
    }

    @Test
    void resumesSessionsAndStillKnowsWhoCalls() throws IOException {
        RawServer app =
                closing(
                        RawServer.start(
                                connection -> {
                                    var _ = connection.head();
                                    connection.write(
                                            "HTTP/1.1 200 OK\r\nConnection: close\r\n"
                                                    + "Content-Length: 2\r\n\r\nok");
                                }));
        Carrying server = server(app, workloads.tls("reviews"));
        Tls caller = workloads.tls("productpage");
        Carrying client =
                client(
                        TlsPlans.reviews(inbound(server), TlsPlans.to("reviews")).maxRequests(1),
                        caller);

        for (int i = 0; i < 5; i++) {
            assertThat(call(client).send(GET).response()).endsWith("ok");
        }

        assertThat(caller.resumed())
                .as("handshakes with a session of an earlier one")
                .isGreaterThan(2);
        eventually(() -> assertThat(server.seen()).hasSize(5));
        assertThat(server.seen())
                .allMatch(
                        each ->
                                each.principals()
                                        .source()
                                        .equals(Workloads.identity("productpage")));
    }

    @Test
    void usesARenewedCertificateForNewConnectionsAndKeepsTheOldOnes() throws IOException {
        RawServer app = closing(RawServer.answering(RawServer.ok("hello")));
        LiveCertificate reviews = workloads.live("reviews");
        Carrying server = server(app, closing(Tls.of(reviews, InstantSource.system())));
        LiveCertificate productpage = workloads.live("productpage");
        Carrying client =
                client(
                        TlsPlans.reviews(inbound(server), TlsPlans.to("reviews")),
                        closing(Tls.of(productpage, InstantSource.system())));
        RawClient application = call(client);
        assertThat(application.send(GET).response()).endsWith("hello");

        for (int i = 0; i < 3; i++) {
            reviews.publish(workloads.certificate("reviews"));
            productpage.publish(workloads.certificate("productpage"));
            assertThat(application.send(GET).response()).endsWith("hello");
        }

        assertThat(app.connections()).as("connections to the application").isEqualTo(1);
        assertThat(client.seen()).allMatch(each -> each.attempts() == 1);
    }

    @Test
    void opensNewConnectionsWhenTheEndpointMayBeSomebodyElse() throws IOException {
        RawServer app = closing(RawServer.answering(RawServer.ok("hello")));
        Carrying server = server(app, workloads.tls("reviews"));
        Carrying client =
                client(
                        TlsPlans.reviews(inbound(server), TlsPlans.to("reviews")),
                        workloads.tls("productpage"));
        assertThat(call(client).send(GET).response()).endsWith("hello");

        client.apply(
                TlsPlans.outboundHttp(TlsPlans.reviews(inbound(server), TlsPlans.to("ratings"))));

        eventually(
                () ->
                        assertThat(call(client).send(GET).response())
                                .startsWith("HTTP/1.1 503")
                                .contains("expected " + Workloads.identity("ratings")));
    }

    @Test
    void neverMixesPlainConnectionsWithProtectedOnes() throws IOException {
        RawServer app = closing(RawServer.answering(RawServer.ok("hello")));
        Carrying server = server(app, workloads.tls("reviews"));
        Carrying client =
                client(
                        TlsPlans.reviews(inbound(server), TlsPlans.to("reviews")),
                        workloads.tls("productpage"));
        assertThat(call(client).send(GET).response()).endsWith("hello");

        client.apply(TlsPlans.outboundHttp(Plans.cluster(TlsPlans.REVIEWS).at(inbound(server))));

        eventually(() -> assertThat(call(client).send(GET).response()).startsWith("HTTP/1.1 503"));
    }

    @Test
    void carriesBytesAndTheirEnds() throws IOException {
        RawServer app =
                closing(
                        RawServer.start(
                                connection -> {
                                    byte[] all = connection.in().readAllBytes();
                                    connection.write("got " + all.length);
                                }));
        Carrying server =
                closing(
                        Carrying.start(
                                TlsPlans.strictTcp(app.address()),
                                Carrying.settings(),
                                1,
                                workloads.tls("reviews")));
        UpstreamTls tls = TlsPlans.to("reviews");
        Carrying client =
                closing(
                        Carrying.start(
                                TlsPlans.outboundTcp(TlsPlans.reviews(inbound(server), tls)),
                                Carrying.settings(),
                                1,
                                workloads.tls("productpage")));
        RawClient application = call(client);

        application.send("x".repeat(300_000));
        application.socket().shutdownOutput();

        assertThat(application.readAll())
                .as("the answer to all of it, after the end of the request")
                .isEqualTo("got 300000");
    }

    @Test
    void showsNothingToWhoeverListens() throws IOException {
        RawServer app = closing(RawServer.answering(RawServer.ok("the-secret-answer")));
        Carrying server = server(app, workloads.tls("reviews"));
        RecordingProxy wire = closing(RecordingProxy.to(inbound(server)));
        Carrying client =
                client(
                        TlsPlans.reviews(wire.address(), TlsPlans.to("reviews")),
                        workloads.tls("productpage"));

        String answer =
                call(client)
                        .send(
                                String.join(
                                        "\r\n",
                                        "POST /the-secret-path HTTP/1.1",
                                        "Host: reviews",
                                        "x-secret: the-secret-header",
                                        "Content-Length: 15",
                                        "",
                                        "the-secret-body"))
                        .response();

        assertThat(answer).endsWith("the-secret-answer");
        assertThat(app.heads().getFirst()).contains("/the-secret-path");
        assertThat(wire.seen())
                .as("what passed between the two sidecars")
                .hasSizeGreaterThan(1_000)
                .startsWith("\u0016\u0003")
                .doesNotContain("secret")
                .doesNotContain("HTTP/1.1")
                .doesNotContain("x-envoy-peer-metadata");
        assertThat(wire.seen())
                .as("TLS 1.3 shows neither end's certificate")
                .doesNotContain("spiffe://");
    }
}

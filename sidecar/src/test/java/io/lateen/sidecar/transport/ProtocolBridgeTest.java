package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.plan.ConnectionPolicy;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What is said in one version of HTTP is said in the other, both ways (checklist E4, E8). */
@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class ProtocolBridgeTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: reviews\r\n\r\n";

    private static Road toHttp1(RawServer server) throws IOException {
        return Road.http(
                Road.Kind.INBOUND, server.address(), ConnectionPolicy.UpstreamProtocol.HTTP1);
    }

    private static Road toHttp2(Http2Peer server) throws IOException {
        return Road.http(
                Road.Kind.INBOUND, server.address(), ConnectionPolicy.UpstreamProtocol.HTTP2);
    }

    private static String[] post(String... more) {
        String[] head = {":method", "POST", ":scheme", "http", ":authority", "r", ":path", "/p"};
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(head), java.util.stream.Stream.of(more))
                .toArray(String[]::new);
    }

    @Test
    void anAnswerWithoutABodySaysSoOverHttp1() throws Exception {
        try (Http2Peer app =
                        Http2Peer.server(
                                s ->
                                        s.await("END")
                                                .headers(true, ":status", "302", "location", "/"));
                Road road = toHttp2(app);
                RawClient client = RawClient.connect(road.address())) {
            for (int i = 0; i < 2; i++) {
                assertThat(client.send(GET).head())
                        .startsWith("HTTP/1.1 302 Found\r\nlocation: /\r\n")
                        .contains("content-length: 0\r\n");
            }
        }
    }

    @Test
    void answersToHeadAndThoseThatNeverHaveABodyHaveNoLengthOfOurs() throws Exception {
        try (Http2Peer app =
                        Http2Peer.server(
                                s -> {
                                    boolean head =
                                            s.await("END").heard().getFirst().contains("HEAD");
                                    s.headers(true, ":status", head ? "200" : "204");
                                });
                Road road = toHttp2(app);
                RawClient client = RawClient.connect(road.address())) {
            assertThat(client.send(GET.replace("GET", "HEAD")).head())
                    .startsWith("HTTP/1.1 200")
                    .doesNotContain("content-length", "transfer-encoding");
            assertThat(client.send(GET).head())
                    .startsWith("HTTP/1.1 204")
                    .doesNotContain("content-length", "transfer-encoding");
        }
    }

    @Test
    void bodiesAndTrailersOfHttp1BecomeFrames() throws Exception {
        try (Http2Peer app =
                        Http2Peer.server(
                                s -> {
                                    s.await("END").headers(false, ":status", "103", "link", "</a>");
                                    s.headers(false, ":status", "200", "x-case", "Kept");
                                    s.data(false, "ans").data(false, "wer");
                                    s.headers(true, "x-sum", "6");
                                });
                Road road = toHttp2(app);
                RawClient client = RawClient.connect(road.address())) {
            client.send(
                    "POST /p?q HTTP/1.1\r\nHost: Reviews:9080\r\nX-Mixed: Value\r\n"
                            + "Connection: TE\r\nTE: trailers\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "4\r\nbody\r\n0\r\nX-Sum: 4\r\n\r\n");

            assertThat(client.head()).startsWith("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n");
            assertThat(client.head())
                    .startsWith("HTTP/1.1 200 OK\r\nx-case: Kept\r\n")
                    .contains("transfer-encoding: chunked\r\n");
            String rest = client.head();
            assertThat(rest.replaceAll("\r\n", "|"))
                    .as("the data, chunk by chunk, and the trailers")
                    .isIn("3|ans|3|wer|0|x-sum: 6||", "6|answer|0|x-sum: 6||");
            assertThat(app.heard().getFirst()).hasSize(4);
            assertThat(app.heard().getFirst().getFirst())
                    .contains(":method: POST\n", ":authority: Reviews:9080\n", ":path: /p?q\n")
                    .contains("x-mixed: Value\n", "te: trailers\n")
                    .doesNotContain("connection", "transfer-encoding", "host: ");
            assertThat(app.heard().getFirst().subList(1, 4))
                    .containsExactly("body", "x-sum: 4\n", "END");
        }
    }

    @Test
    void framesBecomeBodiesAndTrailersOfHttp1() throws Exception {
        String request = "4\r\nbody\r\n0\r\nx-sum: 4\r\n\r\n";
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    assertThat(c.head())
                                            .startsWith("POST /p HTTP/1.1\r\nhost: r\r\n")
                                            .contains("te: trailers\r\n")
                                            .contains("transfer-encoding: chunked\r\n");
                                    assertThat(c.read(request.length())).isEqualTo(request);
                                    c.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
                                    c.write(
                                            "HTTP/1.1 200 Fine\r\nX-Case: Kept\r\nKeep-Alive: timeout=9"
                                                    + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                                                    + "6\r\nanswer\r\n0\r\nX-Sum: 6\r\n\r\n");
                                    c.in().read();
                                });
                Road road = toHttp1(app);
                Http2Peer client = Http2Peer.connect(road.address())) {
            Http2Peer.Stream stream = client.open();
            stream.headers(false, post("te", "trailers")).data(false, "body");
            stream.headers(true, "x-sum", "4").await("END");

            assertThat(stream.heard())
                    .containsExactly(
                            ":status: 103\nlink: </a>\n",
                            ":status: 200\nx-case: Kept\n",
                            "answer",
                            "x-sum: 6\n",
                            "END");
        }
    }

    @Test
    void aChangeOfProtocolsThatNobodyAskedForIsNoAnswer() throws Exception {
        String switching =
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n";
        try (RawServer app = RawServer.answering(switching);
                Road road = toHttp1(app);
                RawClient http1 = RawClient.connect(road.address());
                Http2Peer http2 = Http2Peer.connect(road.address())) {
            assertThat(http1.send(GET).response()).startsWith("HTTP/1.1 502 ");
            Http2Peer.Stream stream = http2.open();
            stream.headers(true, post()).await("END");
            assertThat(stream.heard().getFirst()).startsWith(":status: 502\n");
        }
    }

    @Test
    void aRequestOfHttp10WithoutAHostIsSentOnWithOne() throws Exception {
        try (RawServer app = RawServer.answering(RawServer.ok("hi"));
                Road road = toHttp1(app);
                RawClient client = RawClient.connect(road.address())) {
            assertThat(client.send("GET / HTTP/1.0\r\n\r\n").readAll()).endsWith("hi");

            assertThat(app.heads().getFirst())
                    .startsWith("GET / HTTP/1.1\r\n")
                    .containsPattern("host: 127\\.0\\.0\\.1:\\d+\r\n");
        }
    }

    @Test
    void aStreamThatIsResetCancelsTheRequestAndTheConnectionGoesOn() throws Exception {
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.head();
                                    assertThat(c.in().read()).as("cancelled").isEqualTo(-1);
                                });
                Road road = toHttp1(app);
                Http2Peer client = Http2Peer.connect(road.address())) {
            Http2Peer.Stream stream = client.open().headers(true, post());
            eventually(() -> assertThat(app.heads()).hasSize(1));
            stream.reset(8);

            Carrying sidecar = road.sidecars().getFirst();
            eventually(() -> assertThat(sidecar.seen()).hasSize(1));
            assertThat(sidecar.seen().getFirst().flags()).isEqualTo("DC");
            assertThat(sidecar.seen().getFirst().status()).isZero();
        }
    }
}

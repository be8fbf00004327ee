package io.lateen.sidecar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.testkit.wait.Eventually;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class Http1ForwardingTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: reviews\r\n\r\n";

    @Test
    void passesARequestOnWithItsHeadersAsTheyCameAndStampsIt() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("hello"));
                Carrying sidecar = Carrying.start(Plans.inbound(app.address()));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            client.send(
                    "GET /a%20b?c=d HTTP/1.1\r\nHost: reviews:9080\r\nX-CaSe:  kept \r\n"
                            + "traceparent: 00-aa-bb-01\r\nb3: 0\r\nx-request-id: my-id\r\n\r\n");

            assertThat(client.response())
                    .isEqualTo("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
            assertThat(app.heads())
                    .containsExactly(
                            "GET /a%20b?c=d HTTP/1.1\r\nHost: reviews:9080\r\nX-CaSe:  kept \r\n"
                                    + "traceparent: 00-aa-bb-01\r\nb3: 0\r\nx-request-id: my-id\r\n"
                                    + "x-forwarded-proto: http\r\nx-envoy-attempt-count: 1\r\n\r\n");
        }
    }

    @Test
    void makesARequestIdWhereThereIsNone() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok(""));
                Carrying sidecar = Carrying.start(Plans.inbound(app.address()));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            client.send(GET).response();
            client.send(GET).response();

            Eventually.eventually(() -> assertThat(sidecar.seen()).hasSize(2));
            assertThat(sidecar.seen())
                    .allSatisfy(
                            x ->
                                    assertThat(x.requestId())
                                            .matches(
                                                    "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]"
                                                            + "[0-9a-f]{3}-[0-9a-f]{12}"));
            assertThat(sidecar.seen().getFirst().requestId())
                    .isNotEqualTo(sidecar.seen().getLast().requestId());
        }
    }

    @Test
    void keepsBothConnectionsForTheNextRequest() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("x"));
                Carrying sidecar = Carrying.start(Plans.inbound(app.address()));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            for (int i = 0; i < 10; i++) {
                assertThat(client.send(GET).response()).endsWith("x");
            }

            assertThat(app.connections()).isEqualTo(1);
        }
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() throws IOException {
        RawServer.Script echoTarget =
                connection -> {
                    for (String head = connection.head();
                            !head.isEmpty();
                            head = connection.head()) {
                        connection.write(RawServer.ok(head.substring(4, head.indexOf(" HTTP"))));
                    }
                };
        try (RawServer app = RawServer.start(echoTarget);
                Carrying sidecar = Carrying.start(Plans.inbound(app.address()));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            StringBuilder all = new StringBuilder();
            for (int i = 100; i < 300; i++) {
                all.append(GET.replace("GET /", "GET /" + i));
            }
            client.send(all.toString());

            for (int i = 100; i < 300; i++) {
                assertThat(client.response()).endsWith("/" + i);
            }
        }
    }

    @Test
    void passesBodiesOfBothFramingsBothWays() throws IOException {
        String chunked = "5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\nX-Sum: 11\r\n\r\n";
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    assertThat(c.head()).contains("Content-Length: 4");
                                    assertThat(c.read(4)).isEqualTo("body");
                                    c.write(
                                            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                                    + chunked);
                                    assertThat(c.head()).contains("Transfer-Encoding: chunked");
                                    String expected = chunked.replace(";ext=1", "");
                                    c.write(RawServer.ok(c.read(expected.length())));
                                });
                Carrying sidecar = Carrying.start(Plans.inbound(app.address()));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody");
            assertThat(client.head()).contains("Transfer-Encoding: chunked");
            String bare = chunked.replace(";ext=1", "");
            assertThat(client.read(bare.length())).isEqualTo(bare);

            client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < chunked.length(); i++) {
                client.send(chunked.substring(i, i + 1));
            }
            assertThat(client.response()).endsWith(bare);
            Eventually.eventually(() -> assertThat(sidecar.seen()).hasSize(2));
            assertThat(sidecar.seen().get(0).sent()).as("content, not framing").isEqualTo(11);
            assertThat(sidecar.seen().get(1).received()).isEqualTo(11);
        }
    }

    @Test
    void endsAResponseWithItsConnectionWhereItHasNoLength() throws IOException {
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.head();
                                    c.write("HTTP/1.1 200 OK\r\n\r\nuntil the end");
                                });
                Carrying sidecar = Carrying.start(Plans.inbound(app.address()));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            client.send(GET);

            assertThat(client.head()).containsIgnoringCase("transfer-encoding: chunked");
            assertThat(client.read(23)).isEqualTo("d\r\nuntil the end\r\n0\r\n\r\n");
        }
    }

    @Test
    void hasNoBodyAfterHeadAndNoContentAndNotModified() throws IOException {
        List<String> responses =
                List.of(
                        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n",
                        "HTTP/1.1 204 No Content\r\n\r\n",
                        "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n");
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    for (String each : responses) {
                                        c.head();
                                        c.write(each);
                                    }
                                    c.head();
                                });
                Carrying sidecar = Carrying.start(Plans.inbound(app.address()));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            for (String each : responses) {
                client.send(each.contains("100") ? GET.replace("GET", "HEAD") : GET);
                assertThat(client.head()).isEqualTo(each);
            }
            assertThat(app.connections()).isEqualTo(1);
        }
    }

    @Test
    void passes100ContinueOn() throws IOException {
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.head();
                                    c.write("HTTP/1.1 100 Continue\r\n\r\n");
                                    c.write(RawServer.ok(c.read(4)));
                                });
                Carrying sidecar = Carrying.start(Plans.inbound(app.address()));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            client.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
            assertThat(client.head()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");

            assertThat(client.send("body").response()).endsWith("body");
        }
    }

    @Test
    void carriesAnUpgradedConnectionAsBytes() throws IOException {
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    assertThat(c.head().toLowerCase(java.util.Locale.ROOT))
                                            .contains("upgrade: websocket", "connection: upgrade");
                                    c.write(
                                            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket"
                                                    + "\r\nConnection: Upgrade\r\n\r\nfirst");
                                    c.write(c.read(3));
                                });
                Carrying sidecar = Carrying.start(Plans.inbound(app.address()));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            client.send(
                    "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            assertThat(client.head())
                    .startsWith("HTTP/1.1 101 Switching")
                    .containsIgnoringCase("upgrade: websocket")
                    .containsIgnoringCase("connection: upgrade");
            assertThat(client.read(5)).isEqualTo("first");

            assertThat(client.send("abc").readAll()).isEqualTo("abc");
        }
    }

    @Test
    void refusesAnUpgradeThatThePortDoesNotAllow() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok(""));
                Carrying sidecar = Carrying.start(Plans.inbound(app.address()));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            client.send(
                    "GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n");

            assertThat(client.response()).startsWith("HTTP/1.1 403").contains("x-lateen-reason");
            assertThat(app.heads()).isEmpty();
        }
    }

    @Test
    void dropsWhatIsForOneHopAlone() throws IOException {
        try (RawServer app =
                        RawServer.answering(
                                "HTTP/1.1 200 OK\r\nConnection: keep-alive, X-Mine\r\n"
                                        + "Keep-Alive: timeout=5\r\nX-Mine: 1\r\nX-Yours: 2\r\n"
                                        + "Content-Length: 0\r\n\r\n");
                Carrying sidecar = Carrying.start(Plans.inbound(app.address()));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            client.send(
                    "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, X-Hop\r\nX-Hop: 1\r\n"
                            + "Keep-Alive: 300\r\nProxy-Connection: keep-alive\r\nX-End: 2\r\n"
                            + "TE: trailers, gzip\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n");

            assertThat(client.response())
                    .isEqualTo("HTTP/1.1 200 OK\r\nX-Yours: 2\r\nContent-Length: 0\r\n\r\n");
            assertThat(app.heads().getFirst())
                    .contains("X-End: 2", "te: trailers\r\n")
                    .doesNotContain("X-Hop", "Keep-Alive", "Proxy-Connection", "gzip", "h2c")
                    .doesNotContain("HTTP2-Settings");
        }
    }

    @Test
    void answersWhenNothingListensAndSaysWhy() throws IOException {
        InetSocketAddress nobody;
        try (RawServer gone = RawServer.answering("")) {
            nobody = gone.address();
        }
        try (Carrying sidecar = Carrying.start(Plans.inbound(nobody));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            String answer = client.send(GET).response();

            assertThat(answer)
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .contains("x-lateen-reason: UF; rule=" + Plans.RULE + "; revision=42; ")
                    .contains("connection refused");
            assertThat(client.send(GET).response())
                    .as("the client's connection goes on")
                    .startsWith("HTTP/1.1 503");
            Eventually.eventually(() -> assertThat(sidecar.seen()).hasSize(2));
            assertThat(sidecar.seen().getFirst().flags()).isEqualTo("UF");
        }
    }

    @Test
    void breaksAResponseOffThatTheApplicationBreaksOff() throws IOException {
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.head();
                                    c.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort");
                                });
                Carrying sidecar = Carrying.start(Plans.inbound(app.address()));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            assertThat(client.send(GET).readAll()).endsWith("short");

            Eventually.eventually(() -> assertThat(sidecar.seen()).hasSize(1));
            assertThat(sidecar.seen().getFirst().flags()).isEqualTo("UC");
        }
    }

    @Test
    void cancelsTheRequestOfAClientThatLeaves() throws IOException {
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.head();
                                    assertThat(c.in().read()).isEqualTo(-1);
                                });
                Carrying sidecar = Carrying.start(Plans.inbound(app.address()))) {
            try (RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
                client.send(GET);
                Eventually.eventually(() -> assertThat(app.heads()).hasSize(1));
            }

            Eventually.eventually(() -> assertThat(sidecar.seen()).hasSize(1));
            assertThat(sidecar.seen().getFirst().flags()).isEqualTo("DC");
            assertThat(sidecar.seen().getFirst().status()).isZero();
        }
    }

    @Test
    void refusesHttp10WhereHttpIsDeclared() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok(""));
                Carrying sidecar = Carrying.start(Plans.inbound(app.address()));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            client.send("GET / HTTP/1.0\r\nHost: a\r\n\r\n");

            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 426 Upgrade Required\r\n")
                    .contains("connection: close");
        }
    }

    @Test
    void answersEarlyAndStillLetsTheClientReadIt() throws IOException {
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.head();
                                    c.write("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
                                });
                Carrying sidecar = Carrying.start(Plans.inbound(app.address()));
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10000000\r\n\r\n");
            client.send("x".repeat(1000));

            assertThat(client.readAll()).startsWith("HTTP/1.1 413 Too Large");
        }
    }
}

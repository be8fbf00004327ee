package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A raw connection through sidecars is, byte for byte and end for end, the connection without them,
 * whoever speaks first (checklist E7).
 */
@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class SameAsDirectTcpTest {
    /** What the client does. */
    interface Client {
        void run(RawClient client) throws IOException;
    }

    /** A talk. */
    record Talk(String name, Client client, RawServer.Script server) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> talksByRoads() {
        return talks().stream()
                .flatMap(
                        talk ->
                                Stream.of(
                                                Road.Kind.OUTBOUND,
                                                Road.Kind.INBOUND,
                                                Road.Kind.BOTH,
                                                Road.Kind.SECURED)
                                        .map(road -> Arguments.of(talk, road)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("talksByRoads")
    void bothSidesHearWhatTheyHearDirectly(Talk talk, Road.Kind kind) throws IOException {
        String server;
        String client;
        try (RawServer peer = RawServer.start(talk.server());
                Road direct = Road.bytes(Road.Kind.DIRECT, peer.address())) {
            lead(talk, direct);
            server = direct.far().toServer();
            client = direct.near().toClient();
        }
        assertThat(server + client).as("the talk took place").isNotEmpty();
        try (RawServer peer = RawServer.start(talk.server());
                Road road = Road.bytes(kind, peer.address())) {
            lead(talk, road);

            assertThat(road.far().toServer()).as("what the server hears").isEqualTo(server);
            assertThat(road.near().toClient()).as("what the client hears").isEqualTo(client);
            for (Carrying sidecar : road.sidecars()) {
                eventually(() -> assertThat(sidecar.flows()).hasSize(1));
                assertThat(sidecar.flows().getFirst().bytesReceived()).isEqualTo(server.length());
                assertThat(sidecar.flows().getFirst().bytesSent()).isEqualTo(client.length());
            }
        }
    }

    // Until both halves have ended, at both peers.
    private static void lead(Talk talk, Road road) throws IOException {
        try (RawClient client = RawClient.connect(road.address())) {
            talk.client().run(client);
        }
        eventually(
                () -> {
                    assertThat(road.far().endedByClients()).as("the client's end").isTrue();
                    assertThat(road.near().endedByServer()).as("the server's end").isTrue();
                });
    }

    private static String bytes(int length) {
        StringBuilder bytes = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            bytes.append((char) ((i * 17 + i / 256) & 255));
        }
        return bytes.toString();
    }

    private static List<Talk> talks() {
        String much = bytes(3 * 1024 * 1024);
        return List.of(
                new Talk(
                        "the client ends first, the server answers then",
                        c -> {
                            c.send("question").socket().shutdownOutput();
                            assertThat(c.readAll()).isEqualTo("noitseuq");
                        },
                        c -> {
                            String all = new String(c.in().readAllBytes(), LATIN);
                            c.write(new StringBuilder(all).reverse().toString());
                        }),
                new Talk(
                        "the server ends first, the client goes on",
                        c -> {
                            assertThat(c.readAll()).isEqualTo("that is all");
                            c.send("but ").send("not from me").socket().shutdownOutput();
                        },
                        c -> {
                            c.write("that is all");
                            c.socket().shutdownOutput();
                            c.in().readAllBytes();
                        }),
                new Talk(
                        "SMTP: the server greets",
                        c -> {
                            assertThat(c.read(20)).isEqualTo("220 mail.example ok\r");
                            c.read(1);
                            c.send("EHLO me\r\n").read(24);
                            c.send("QUIT\r\n");
                            assertThat(c.readAll()).isEqualTo("221 bye\r\n");
                        },
                        c -> {
                            c.write("220 mail.example ok\r\n");
                            c.read(9);
                            c.write("250-mail\r\n250 STARTTLS\r\n");
                            c.read(6);
                            c.write("221 bye\r\n");
                        }),
                new Talk(
                        "MySQL: a binary greeting",
                        c -> {
                            c.read(12);
                            c.send("\u0001\u0000\u0000\u0001\u00ff");
                            c.read(4);
                            c.send("\u0001\u0000\u0000\u0000\u0001");
                        },
                        c -> {
                            c.write("\u0008\u0000\u0000\u0000\n8.4.0\u0000\u00ff");
                            c.read(5);
                            c.write("\u0000\u0000\u0000\u0002");
                            c.in().readAllBytes();
                        }),
                new Talk(
                        "what looks like HTTP",
                        c -> {
                            c.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").read(2);
                            c.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").socket().shutdownOutput();
                            c.readAll();
                        },
                        c -> {
                            c.write("ok");
                            c.write(new String(c.in().readAllBytes(), LATIN));
                        }),
                new Talk(
                        "much in both directions at once",
                        c -> {
                            Thread writing =
                                    Thread.ofVirtual()
                                            .start(
                                                    () -> {
                                                        try {
                                                            c.send(much).socket().shutdownOutput();
                                                        } catch (IOException e) {
                                                            throw new IllegalStateException(e);
                                                        }
                                                    });
                            assertThat(c.readAll()).isEqualTo(much);
                            assertThat(writing.isAlive()).isFalse();
                        },
                        c -> {
                            byte[] buffer = new byte[8192];
                            for (int n = c.in().read(buffer); n >= 0; n = c.in().read(buffer)) {
                                c.write(new String(buffer, 0, n, LATIN));
                            }
                        }),
                new Talk(
                        "a client that only looks",
                        c -> assertThat(c.read(2)).isEqualTo("hi"),
                        c -> {
                            c.write("hi");
                            c.in().readAllBytes();
                        }));
    }

    private static final java.nio.charset.Charset LATIN =
            java.nio.charset.StandardCharsets.ISO_8859_1;
}

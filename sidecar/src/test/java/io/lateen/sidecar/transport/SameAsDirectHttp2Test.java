package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.plan.ConnectionPolicy;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Over HTTP/2 client and server hear of each other through sidecars what they hear without: heads,
 * bodies, trailers, ends and resets of streams (checklist E4). By prior knowledge, and between two
 * sidecars by what the TLS handshake agrees on (ALPN). The differences are those of
 * docs/reference/protocols.md.
 */
class SameAsDirectHttp2Test {
    private static final Pattern ADDED =
            Pattern.compile(
                    "(?m)^(x-request-id|x-forwarded-proto|x-envoy-attempt-count"
                            + "|x-forwarded-client-cert): .*\n");

    /** What the client does. */
    interface Client {
        void run(Http2Peer client) throws InterruptedException;
    }

    /** A talk. */
    record Talk(String name, Client client, Http2Peer.Script server) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** What both sides heard, stream by stream. */
    private record Heard(List<List<String>> server, List<List<String>> client) {}

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
    void bothSidesHearWhatTheyHearDirectly(Talk talk, Road.Kind kind) throws Exception {
        Heard direct = lead(talk, Road.Kind.DIRECT);
        assertThat(direct.server()).as("the talk took place").isNotEmpty();

        Heard through = lead(talk, kind);

        assertThat(through.server()).as("what the server hears").isEqualTo(direct.server());
        assertThat(through.client()).as("what the client hears").isEqualTo(direct.client());
    }

    private static Heard lead(Talk talk, Road.Kind kind) throws Exception {
        try (Http2Peer server = Http2Peer.server(talk.server());
                Road road =
                        Road.http(kind, server.address(), ConnectionPolicy.UpstreamProtocol.HTTP2);
                Http2Peer client = Http2Peer.connect(road.address())) {
            talk.client().run(client);
            // The client has heard all it waits for; the server too, a little later.
            eventually(
                    () ->
                            assertThat(server.heard())
                                    .isNotEmpty()
                                    .allSatisfy(
                                            each ->
                                                    assertThat(each.getLast())
                                                            .matches("END|RST.*")));
            return new Heard(stripped(server.heard()), client.heard());
        }
    }

    private static List<List<String>> stripped(List<List<String>> streams) {
        UnaryOperator<String> strip = each -> ADDED.matcher(each).replaceAll("");
        return streams.stream().map(each -> each.stream().map(strip).toList()).toList();
    }

    private static String[] request(String method, String path, String... more) {
        String[] head =
                new String[] {
                    ":method",
                    method,
                    ":scheme",
                    "http",
                    ":authority",
                    "reviews:9080",
                    ":path",
                    path
                };
        return Stream.concat(Stream.of(head), Stream.of(more)).toArray(String[]::new);
    }

    private static String bytes(int length) {
        StringBuilder bytes = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            bytes.append((char) ((i * 13 + i / 256) & 255));
        }
        return bytes.toString();
    }

    private static List<Talk> talks() {
        String much = bytes(700_000);
        return List.of(
                new Talk(
                        "a GET",
                        c -> c.open().headers(true, request("GET", "/a/../b?c=d")).await("END"),
                        s -> {
                            s.await("END").headers(false, ":status", "200", "x-a", "1", "x-a", "2");
                            s.data(false, "hel").data(true, "lo");
                        }),
                new Talk(
                        "bodies both ways, of every byte and more than a window",
                        c ->
                                c.open()
                                        .headers(false, request("POST", "/", "x-b", ""))
                                        .data(false, much)
                                        .data(true, "")
                                        .await("END"),
                        s -> {
                            s.await("END").headers(false, ":status", "200");
                            s.data(true, s.heard().get(1));
                        }),
                new Talk(
                        "trailers both ways",
                        c ->
                                c.open()
                                        .headers(false, request("POST", "/", "te", "trailers"))
                                        .data(false, "body")
                                        .headers(true, "x-sum", "4")
                                        .await("END"),
                        s -> {
                            s.await("END").headers(false, ":status", "200", "trailer", "x-sum");
                            s.data(false, "answer").headers(true, "x-sum", "6", "x-bin", "AA");
                        }),
                new Talk(
                        "trailers without a body",
                        c ->
                                c.open()
                                        .headers(false, request("POST", "/"))
                                        .headers(true, "x-sum", "0")
                                        .await("END"),
                        s -> {
                            s.await("END").headers(false, ":status", "200");
                            s.headers(true, "x-sum", "0");
                        }),
                new Talk(
                        "HEAD, 204 and 304",
                        c -> {
                            c.open().headers(true, request("HEAD", "/head")).await("END");
                            c.open().headers(true, request("GET", "/204")).await("END");
                            c.open().headers(true, request("GET", "/304")).await("END");
                        },
                        s -> {
                            String path = s.await("END").heard().getFirst();
                            if (path.contains("/head")) {
                                s.headers(true, ":status", "200", "content-length", "99");
                            } else {
                                String status = path.contains("/204") ? "204" : "304";
                                s.headers(true, ":status", status);
                            }
                        }),
                new Talk(
                        "100 and 103 before the answer",
                        c -> {
                            Http2Peer.Stream stream = c.open();
                            stream.headers(false, request("POST", "/", "expect", "100-continue"));
                            stream.await(":status: 100").data(true, "body").await("END");
                        },
                        s -> {
                            s.await("expect").headers(false, ":status", "100");
                            s.await("END").headers(false, ":status", "103", "link", "</a>");
                            s.headers(true, ":status", "200");
                        }),
                new Talk(
                        "each half as it comes",
                        c -> {
                            Http2Peer.Stream stream = c.open();
                            stream.headers(false, request("POST", "/talk")).await("200");
                            stream.data(false, "one ").await("1").data(false, "two ").await("2");
                            stream.data(true, "").await("END");
                        },
                        s -> {
                            s.await("/talk").headers(false, ":status", "200");
                            s.await("one").data(false, "1 ");
                            s.await("two").data(false, "2 ");
                            s.await("END").data(true, "bye");
                        }),
                new Talk(
                        "the server goes on when the client has ended",
                        c ->
                                c.open()
                                        .headers(true, request("GET", "/feed"))
                                        .await("first")
                                        .await("END"),
                        s -> {
                            s.await("END").headers(false, ":status", "200");
                            s.data(false, "first ").data(false, "second ").data(true, "third");
                        }),
                new Talk(
                        "the server resets in the middle",
                        c -> c.open().headers(true, request("GET", "/")).await("RST"),
                        s -> {
                            s.await("END").headers(false, ":status", "200");
                            s.data(false, "half").reset(2);
                        }),
                new Talk(
                        "the client cancels in the middle",
                        c -> {
                            Http2Peer.Stream stream = c.open();
                            stream.headers(false, request("POST", "/")).data(false, "half");
                            stream.await("200").reset(8);
                        },
                        s -> s.await("half").headers(false, ":status", "200").await("RST")),
                new Talk(
                        "large heads",
                        c ->
                                c.open()
                                        .headers(
                                                true,
                                                request("GET", "/", "x-large", "v".repeat(50_000)))
                                        .await("END"),
                        s -> {
                            s.await("END");
                            s.headers(true, ":status", "200", "x-large", "w".repeat(50_000));
                        }));
    }

    @Test
    void anAnswerThatComesBeforeTheRequestHasEndedEndsBoth() throws Exception {
        Http2Peer.Script refusing =
                s -> s.await(":path").headers(false, ":status", "413").data(true, "too much");
        try (Http2Peer server = Http2Peer.server(refusing);
                Road road =
                        Road.http(
                                Road.Kind.BOTH,
                                server.address(),
                                ConnectionPolicy.UpstreamProtocol.HTTP2);
                Http2Peer client = Http2Peer.connect(road.address())) {
            Http2Peer.Stream stream = client.open().headers(false, request("POST", "/"));

            // RFC 9113 §8.1: all of the answer, and the word that nothing more is wanted.
            stream.await("RST 0");
            assertThat(stream.heard())
                    .containsExactly(":status: 413\n", "too much", "END", "RST 0");
            eventually(
                    () ->
                            assertThat(server.heard().getFirst().getLast())
                                    .as("no stream is left half open at the server")
                                    .isEqualTo("RST 0"));
        }
    }

    @Test
    void crumbsBecomeOneCookieAgain() throws Exception {
        try (Http2Peer server =
                        Http2Peer.server(s -> s.await("END").headers(true, ":status", "200"));
                Road road =
                        Road.http(
                                Road.Kind.INBOUND,
                                server.address(),
                                ConnectionPolicy.UpstreamProtocol.HTTP2);
                Http2Peer client = Http2Peer.connect(road.address())) {
            client.open()
                    .headers(
                            true, request("GET", "/", "cookie", "a=1", "x-b", "2", "cookie", "c=3"))
                    .await("END");

            assertThat(server.heard().getFirst().getFirst())
                    .contains("x-b: 2\n", "cookie: a=1; c=3\n")
                    .containsOnlyOnce("cookie");
        }
    }
}

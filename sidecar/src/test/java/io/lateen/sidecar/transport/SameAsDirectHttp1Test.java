package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.plan.ConnectionPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What client and server hear of each other through sidecars is, byte for byte, what they hear
 * without, but for what docs/reference/protocols.md lists (checklist E4). Each talk is led by plain
 * sockets, once directly and once by each road, and both sides' bytes are compared.
 */
@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class SameAsDirectHttp1Test {
    private static final String GET = "GET / HTTP/1.1\r\nHost: reviews\r\n\r\n";

    /** Lines that a sidecar adds to requests, and those that are for one hop alone. */
    private static final Pattern OF_REQUESTS =
            Pattern.compile(
                    "(?im)^(x-request-id|x-forwarded-proto|x-envoy-attempt-count"
                            + "|x-forwarded-client-cert|connection|keep-alive|proxy-connection)"
                            + ":[^\r\n]*\r\n");

    private static final Pattern OF_RESPONSES =
            Pattern.compile("(?im)^(connection|keep-alive):[^\r\n]*\r\n");

    /** What the client does. */
    interface Client {
        void run(RawClient client) throws IOException;
    }

    /**
     * A talk.
     *
     * @param requests what of the client's bytes a sidecar writes differently
     * @param responses what of the server's bytes a sidecar writes differently
     */
    record Talk(
            String name,
            Client client,
            RawServer.Script server,
            UnaryOperator<String> requests,
            UnaryOperator<String> responses) {

        Talk(String name, Client client, RawServer.Script server) {
            this(name, client, server, UnaryOperator.identity(), UnaryOperator.identity());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** What both sides heard. */
    private record Heard(String server, String client) {}

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
        Heard direct = lead(talk, Road.Kind.DIRECT, null);
        Heard expected =
                new Heard(
                        stripped(
                                OF_REQUESTS,
                                talk.requests()
                                        .apply(direct.server())
                                        .replace(" HTTP/1.0\r\n", " HTTP/1.1\r\n")),
                        stripped(
                                OF_RESPONSES,
                                talk.responses()
                                        .apply(direct.client())
                                        .replace("HTTP/1.0 200", "HTTP/1.1 200")));
        assertThat(expected.server()).as("the talk took place").isNotEmpty();

        lead(talk, kind, expected);
    }

    private static String stripped(Pattern lines, String bytes) {
        return lines.matcher(bytes).replaceAll("");
    }

    private static Heard lead(Talk talk, Road.Kind kind, @Nullable Heard expected)
            throws Exception {
        List<Throwable> faults = new ArrayList<>();
        RawServer.Script script =
                connection -> {
                    try {
                        talk.server().run(connection);
                    } catch (AssertionError | RuntimeException e) {
                        faults.add(e);
                        throw e;
                    }
                };
        try (RawServer server = RawServer.start(script);
                Road road =
                        Road.http(
                                kind, server.address(), ConnectionPolicy.UpstreamProtocol.HTTP1)) {
            try (RawClient client = RawClient.connect(road.address())) {
                talk.client().run(client);
            }
            if (expected != null) {
                eventually(
                        () -> {
                            assertThat(stripped(OF_REQUESTS, road.far().toServer()))
                                    .as("what the server hears")
                                    .isEqualTo(expected.server());
                            assertThat(stripped(OF_RESPONSES, road.near().toClient()))
                                    .as("what the client hears")
                                    .isEqualTo(expected.client());
                        });
            } else {
                eventually(() -> assertThat(road.near().endedByClients()).isTrue());
            }
            assertThat(faults).isEmpty();
            return new Heard(road.far().toServer(), road.near().toClient());
        }
    }

    // ---- the talks ----

    private static RawServer.Script answering(String... answers) {
        return c -> {
            for (String each : answers) {
                c.head();
                c.write(each);
            }
            c.in().read();
        };
    }

    private static List<Talk> talks() {
        return Stream.of(connections(), bodies(), interim(), heads(), tunnels(), ends())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Talk> connections() {
        StringBuilder twenty = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            twenty.append(GET.replace("GET /", "GET /" + i));
        }
        return List.of(
                new Talk(
                        "HTTP/1.0",
                        c -> c.send("GET /a HTTP/1.0\r\nHost: a\r\n\r\n").readAll(),
                        c -> {
                            c.head();
                            c.write("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                        }),
                new Talk(
                        "HTTP/1.0 with keep-alive",
                        c -> {
                            String request =
                                    "GET /a HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n";
                            c.send(request).response();
                            c.send(request).response();
                        },
                        answering(
                                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n"
                                        + "Content-Length: 2\r\n\r\nhi",
                                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n"
                                        + "Content-Length: 3\r\n\r\nyou")),
                new Talk(
                        "HTTP/1.1 keep-alive",
                        c -> {
                            for (int i = 0; i < 5; i++) {
                                c.send(GET).response();
                            }
                        },
                        c -> {
                            while (!c.head().isEmpty()) {
                                c.write(RawServer.ok("again"));
                            }
                        }),
                new Talk(
                        "pipelined",
                        c -> {
                            c.send(twenty.toString());
                            for (int i = 0; i < 20; i++) {
                                c.response();
                            }
                        },
                        c -> {
                            for (String head = c.head(); !head.isEmpty(); head = c.head()) {
                                c.write(RawServer.ok(head.substring(4, head.indexOf(" HTTP"))));
                            }
                        }));
    }

    private static List<Talk> bodies() {
        String chunked = "5\r\nhello\r\nA\r\n0123456789\r\n00c\r\n and the end\r\n0\r\n\r\n";
        String trailed = "3\r\nabc\r\n0\r\nX-Sum: 6\r\nx-lower: Value\r\n\r\n";
        String everyByte = everyByte(2 * 1024 * 1024);
        return List.of(
                new Talk(
                        "chunked both ways",
                        c -> {
                            c.send(
                                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
                            c.send(chunked).head();
                            c.read(chunked.length());
                        },
                        c -> {
                            c.head();
                            c.read(chunked.length());
                            c.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
                            c.write(chunked);
                            c.in().read();
                        }),
                new Talk(
                        "chunk extensions",
                        c -> {
                            c.send(
                                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
                            c.send("3;a=b\r\nabc\r\n0\r\n\r\n").response();
                        },
                        c -> {
                            c.head();
                            while (c.in().read() != '0') {}
                            c.read(4);
                            c.write(RawServer.ok(""));
                            c.in().read();
                        },
                        bytes -> bytes.replace(";a=b", ""),
                        UnaryOperator.identity()),
                new Talk(
                        "trailers both ways",
                        c -> {
                            c.send(
                                    "POST / HTTP/1.1\r\nHost: a\r\nTE: trailers\r\n"
                                            + "Connection: TE\r\nTrailer: X-Sum, x-lower\r\n"
                                            + "Transfer-Encoding: chunked\r\n\r\n");
                            c.send(trailed).head();
                            c.read(trailed.length());
                        },
                        c -> {
                            c.head();
                            c.read(trailed.length());
                            c.write(
                                    "HTTP/1.1 200 OK\r\nTrailer: X-Sum\r\n"
                                            + "Transfer-Encoding: chunked\r\n\r\n"
                                            + trailed);
                            c.in().read();
                        },
                        // It is written anew, behind the others.
                        bytes ->
                                bytes.replaceFirst("TE: trailers\r\n", "")
                                        .replaceFirst("chunked\r\n", "chunked\r\nte: trailers\r\n"),
                        UnaryOperator.identity()),
                new Talk(
                        "every byte, with a length",
                        c -> {
                            c.send(
                                    "PUT /b HTTP/1.1\r\nHost: a\r\nContent-Length: "
                                            + everyByte.length()
                                            + "\r\n\r\n"
                                            + everyByte);
                            c.response();
                        },
                        c -> {
                            c.head();
                            c.write(RawServer.ok(c.read(everyByte.length())));
                            c.in().read();
                        }),
                new Talk(
                        "a GET and a DELETE with a body",
                        c -> {
                            c.send("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc");
                            c.response();
                            c.send("DELETE / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nxyz");
                            c.response();
                        },
                        c -> {
                            c.head();
                            c.write(RawServer.ok(c.read(3)));
                            c.head();
                            c.write(RawServer.ok(c.read(3)));
                            c.in().read();
                        }),
                new Talk(
                        "no body: HEAD, 204, 205, 304",
                        c -> {
                            c.send(GET.replace("GET", "HEAD")).head();
                            c.send(GET.replace("GET", "HEAD")).head();
                            c.send(GET).head();
                            c.send(GET).head();
                            c.send(GET).head();
                            c.send(GET).response();
                        },
                        answering(
                                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n",
                                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                                "HTTP/1.1 204 No Content\r\n\r\n",
                                "HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n",
                                "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\nETag: \"x\"\r\n\r\n",
                                RawServer.ok("still there"))));
    }

    private static String everyByte(int length) {
        StringBuilder bytes = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            bytes.append((char) ((i * 31 + i / 256) & 255));
        }
        return bytes.toString();
    }

    private static List<Talk> interim() {
        String expecting =
                "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n";
        return List.of(
                new Talk(
                        "100-continue",
                        c -> {
                            c.send(expecting).head();
                            c.send("body").response();
                        },
                        c -> {
                            c.head();
                            c.write("HTTP/1.1 100 Continue\r\n\r\n");
                            c.write(RawServer.ok(c.read(4)));
                            c.in().read();
                        }),
                new Talk(
                        "417 instead of 100",
                        c -> c.send(expecting).readAll(),
                        c -> {
                            c.head();
                            c.write(
                                    "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 2\r\n"
                                            + "Connection: close\r\n\r\nno");
                        }),
                new Talk(
                        "a final answer before the body",
                        c ->
                                c.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n")
                                        .readAll(),
                        c -> {
                            c.head();
                            c.write(
                                    "HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n"
                                            + "Connection: close\r\n\r\nbig");
                        }),
                new Talk(
                        "102 and 103 before the answer",
                        c -> {
                            c.send(GET).head();
                            c.head();
                            c.response();
                        },
                        c -> {
                            c.head();
                            c.write("HTTP/1.1 102 Processing\r\n\r\n");
                            c.write(
                                    "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n");
                            c.write(RawServer.ok("at last"));
                            c.in().read();
                        }));
    }

    private static List<Talk> heads() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 80; i++) {
            lines.append("X-Line-").append(i).append(": ").append("v".repeat(600)).append("\r\n");
        }
        String odd =
                "X-MiXeD: Value\r\nx-twice: 1\r\nX-Twice: 2\r\nx-empty:\r\nX-Spaced:   a  b\t \r\n"
                        + "X-Bytes: \u00e4\u00ff\r\naccept: */*\r\nCookie: a=1; b=\"2\"\r\n";
        return List.of(
                new Talk(
                        "names in their case, lines in their order",
                        c -> {
                            c.send(
                                    "GET / HTTP/1.1\r\n"
                                            + odd
                                            + "HOST: reviews\r\nX-Last: 1\r\n\r\n");
                            c.response();
                        },
                        answering(
                                "HTTP/1.1 200 Fine By Me\r\n"
                                        + odd
                                        + "CONTENT-length: 2\r\n\r\nhi")),
                new Talk(
                        "heads of more than 50 KB",
                        c -> {
                            c.send("GET / HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n").response();
                        },
                        answering("HTTP/1.1 200 OK\r\n" + lines + "Content-Length: 2\r\n\r\nhi")),
                new Talk(
                        "methods and targets",
                        c -> {
                            for (String line : LINES) {
                                c.send(line + " HTTP/1.1\r\nHost: reviews:9080\r\n\r\n").response();
                            }
                        },
                        c -> {
                            while (!c.head().isEmpty()) {
                                c.write(RawServer.ok("x"));
                            }
                        }),
                new Talk(
                        "a status without a reason",
                        c -> c.send(GET).response(),
                        answering("HTTP/1.1 299 \r\nContent-Length: 0\r\n\r\n")));
    }

    private static final List<String> LINES =
            List.of(
                    "GET /a/../b/./c//d",
                    "GET /%7Euser/%2e%2E/%C3%A4?q=%20+x&y=a/b?c",
                    "GET /?",
                    "GET /;v=1/x;y",
                    "OPTIONS *",
                    "OPTIONS /x",
                    "PATCH /p",
                    "PROPFIND /dav/",
                    "M-SEARCH /s",
                    "get /lower");

    private static List<Talk> tunnels() {
        String upgrade =
                "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "Sec-WebSocket-Version: 13\r\n\r\n";
        return List.of(
                new Talk(
                        "a WebSocket",
                        c -> {
                            String head = c.send(upgrade).head();
                            assertThat(head).containsIgnoringCase("connection: upgrade\r\n");
                            c.send("\u0081\u0083abc\u0000\u00ff");
                            c.read(7);
                            c.send("\u0088\u0080").readAll();
                        },
                        c -> {
                            assertThat(c.head()).containsIgnoringCase("connection: upgrade\r\n");
                            c.write(
                                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                            + "Connection: Upgrade\r\n"
                                            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
                            c.write(c.read(7));
                            c.write(c.read(2));
                        }),
                new Talk(
                        "a WebSocket that the server refuses",
                        c -> {
                            c.send(upgrade).response();
                            c.send(GET).response();
                        },
                        answering(
                                "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno",
                                RawServer.ok("but this"))));
    }

    private static List<Talk> ends() {
        return List.of(
                new Talk(
                        "a response that ends with its connection",
                        c -> {
                            if (c.send(GET).head().contains("chunked")) {
                                c.read(13);
                            } else {
                                c.readAll();
                            }
                        },
                        c -> {
                            c.head();
                            c.write("HTTP/1.1 200 OK\r\n\r\nend");
                        },
                        UnaryOperator.identity(),
                        bytes ->
                                "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
                                        + "3\r\nend\r\n0\r\n\r\n"),
                new Talk(
                        "a client that goes away in its request",
                        c ->
                                c.send(
                                                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9"
                                                        + "\r\n\r\nabc")
                                        .head(),
                        c -> {
                            c.head();
                            c.read(3);
                            c.write("HTTP/1.1 102 Processing\r\n\r\n");
                            assertThat(c.in().read()).isEqualTo(-1);
                        }),
                new Talk(
                        "a server that goes away in its response",
                        c -> c.send(GET).readAll(),
                        c -> {
                            c.head();
                            c.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc");
                        }));
    }
}

package io.lateen.sidecar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.transport.Besieged.Front;
import io.lateen.sidecar.transport.RawHttp2.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Attacks D1 to D5, A9 and A15: messages that two parsers could read differently, over HTTP/1.1 and
 * HTTP/2, at both sockets that strangers reach. Nothing of them gets through, and others notice
 * nothing.
 */
@ParameterizedClass
@EnumSource
@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class SmugglingTest {

    /** What an attacker wants the application to take for a request of its own. */
    private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    private static final String CHUNKED =
            "POST /in HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final Besieged besieged;

    SmugglingTest(Front front) throws IOException {
        besieged = new Besieged(front);
    }

    @AfterEach
    void close() throws IOException {
        besieged.assertUnharmed();
        besieged.close();
    }

    @Test
    @DisplayName("D1: two ways to tell where a body ends")
    void twoLengths() throws IOException {
        for (String framing :
                List.of(
                        "Content-Length: 4\r\nTransfer-Encoding: chunked",
                        "Transfer-Encoding: chunked\r\nContent-Length: 4",
                        "Content-Length: 4\r\nContent-Length: 5",
                        "Content-Length: 4\r\nContent-Length: 4",
                        "Content-Length: 4, 4",
                        "Content-Length: +4",
                        "Content-Length: 4 4",
                        "Content-Length: 0x4",
                        "Content-Length : 4",
                        "Transfer-Encoding: xchunked",
                        "Transfer-Encoding: chunked, identity",
                        "Transfer-Encoding: identity, chunked",
                        "Transfer-Encoding : chunked",
                        "Transfer-Encoding: \u000bchunked",
                        "Transfer-Encoding:\r\n chunked",
                        "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
                        "Transfer_Encoding: chunked\r\nX: y\r\n Transfer-Encoding: chunked")) {
            assertRefused("POST / HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n\r\n0\r\n\r\n");
        }
    }

    @Test
    @DisplayName("D1: a content-length that the DATA frames belie")
    void lengths() throws IOException {
        for (int sent : new int[] {3, 7}) {
            try (RawHttp2 client = besieged.connectHttp2()) {
                client.send(
                        RawHttp2.HEADERS,
                        RawHttp2.END_HEADERS,
                        1,
                        RawHttp2.request("POST", "/in", "content-length", "5"));
                client.send(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[sent]);

                Frame answer = client.next(RawHttp2.RST_STREAM, RawHttp2.HEADERS);
                assertThat(answer.type()).as("%d bytes", sent).isEqualTo(RawHttp2.RST_STREAM);
                assertThat(answer.number(0)).isEqualTo(RawHttp2.PROTOCOL_ERROR);
            }
        }
        besieged.assertUnharmed();
        assertThat(besieged.passed()).allMatch(head -> head.startsWith("POST /in HTTP/1.1\r\n"));
    }

    @Test
    @DisplayName("D1: HTTP/1.1's framing in HTTP/2")
    void connectionHeaders() throws IOException {
        for (Map.Entry<String, String> each :
                Map.of(
                                "transfer-encoding", "chunked",
                                "connection", "close",
                                "upgrade", "websocket",
                                "proxy-connection", "keep-alive",
                                "keep-alive", "timeout=5",
                                "te", "gzip")
                        .entrySet()) {
            assertRefused(RawHttp2.request("GET", "/in", each.getKey(), each.getValue()));
        }
    }

    @Test
    @DisplayName("D2: chunks of a grammar of their own")
    void chunks() throws IOException {
        for (String body :
                List.of(
                        "FFFFFFFFFFFFFFFFF\r\n",
                        "7FFFFFFFFFFFFFFF\r\nx",
                        "-1\r\n",
                        "+1\r\n",
                        "0x1\r\n",
                        " 1\r\nx\r\n",
                        "1\nx\r\n",
                        "1\rx\r\n",
                        "\r\n",
                        ";x=y\r\n",
                        "1;\u0000\r\nx\r\n",
                        "1;x\ny\r\nx\r\n",
                        "1;" + "e".repeat(2000) + "\r\nx\r\n",
                        "1\r\nxy\r\n",
                        "1\r\nx\n",
                        "0\r\nX: y\n\r\n",
                        "0\r\n folded\r\n\r\n")) {
            try (RawClient client = besieged.connect()) {
                String all = client.send(CHUNKED + body + SMUGGLED).readAll();
                assertThat(all).as(body).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1 ");
            }
        }
        assertThat(besieged.passed()).allMatch(head -> head.startsWith("POST /in "));
    }

    @Test
    @DisplayName("D2: trailers that speak of what only a head may say")
    void trailers() throws IOException {
        for (String field :
                List.of("Content-Length: 7", "Transfer-Encoding: chunked", "Host: evil")) {
            try (RawClient client = besieged.connect()) {
                assertThat(client.send(CHUNKED + "0\r\n" + field + "\r\n\r\n" + SMUGGLED).readAll())
                        .as(field)
                        .startsWith("HTTP/1.1 400 ")
                        .containsOnlyOnce("HTTP/1.1 ");
            }
        }
        assertThat(besieged.passed()).allMatch(head -> head.startsWith("POST /in "));
    }

    @Test
    @DisplayName("D2: the same over HTTP/2")
    void http2Trailers() throws IOException {
        for (String name : List.of("content-length", "host", "authorization", "expect")) {
            try (RawHttp2 client = besieged.connectHttp2()) {
                client.send(
                        RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.request("POST", "/in"));
                client.send(
                        RawHttp2.HEADERS,
                        RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                        1,
                        RawHttp2.block(name, "7"));

                assertThat(client.next(RawHttp2.RST_STREAM, RawHttp2.GOAWAY).type())
                        .as(name)
                        .isPositive();
            }
        }
        assertThat(besieged.passed()).allMatch(head -> head.startsWith("POST /in "));
    }

    @Test
    @DisplayName("D3: something before the request line")
    void before() throws IOException {
        for (String before :
                List.of("\u0000", "\u0001", "\u007f", " ", "\t", "\n", "\r", "\r\n ", "\u0016x")) {
            assertRefused(before + "GET /in HTTP/1.1\r\nHost: a\r\n\r\n");
        }
        try (RawClient client = besieged.connect()) {
            assertThat(client.send("\r\nGET /ok HTTP/1.1\r\nHost: a\r\n\r\n").response())
                    .as("an empty line is none of these")
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    @DisplayName("D5: what is no request of HTTP/2")
    void pseudoHeaders() throws IOException {
        for (byte[] block :
                List.of(
                        RawHttp2.block(":method", "GET", ":scheme", "http", ":authority", "a"),
                        RawHttp2.block(":scheme", "http", ":path", "/", ":authority", "a"),
                        RawHttp2.block(":method", "GET", ":path", "/", ":authority", "a"),
                        RawHttp2.request("GET", ""),
                        RawHttp2.request("GET", "in"),
                        RawHttp2.request("GET", "http://a/in"),
                        RawHttp2.request("GET", "/in HTTP/1.1\r\nX: y"),
                        RawHttp2.request("GET", "/in x"),
                        RawHttp2.request("GET", "/in\u0000"),
                        RawHttp2.request("GET", "/in#x"),
                        RawHttp2.request("G ET", "/in"),
                        RawHttp2.request("GET /smuggled HTTP/1.1\r\n", "/in"),
                        RawHttp2.request("CONNECT", "/in"),
                        RawHttp2.request("GET", "/in", ":path", "/smuggled"),
                        RawHttp2.request("GET", "/in", ":authority", "b"),
                        RawHttp2.request("GET", "/in", ":status", "200"),
                        RawHttp2.request("GET", "/in", ":unknown", "x"),
                        RawHttp2.request("GET", "/in", "x", "y", ":path", "/smuggled"),
                        RawHttp2.request("GET", "/in", "Upper", "x"),
                        RawHttp2.request("GET", "/in", "with space", "x"),
                        RawHttp2.request("GET", "/in", "x:y", "x"),
                        RawHttp2.request("GET", "/in", "", "x"),
                        RawHttp2.request("GET", "/in", "host", "b"),
                        RawHttp2.request("GET", "/in", "content-length", "1"),
                        RawHttp2.request("GET", "/in", "content-length", "-1"))) {
            assertRefused(block);
        }
    }

    @Test
    @DisplayName("D5: a METADATA frame is passed over")
    void metadata() throws IOException {
        try (RawHttp2 client = besieged.connectHttp2()) {
            client.send(0x4d, RawHttp2.END_HEADERS, 0, new byte[0]);

            assertThat(client.ask(1, RawHttp2.request("GET", "/ok")).type())
                    .isEqualTo(RawHttp2.HEADERS);
        }
    }

    @Test
    @DisplayName("A9: control characters in headers")
    void controlCharacters() throws IOException {
        for (char c : new char[] {0, 1, 8, '\n', 11, '\r', 27, 127}) {
            assertRefused("GET /in HTTP/1.1\r\nHost: a\r\nX: y" + c + "z\r\n\r\n");
            assertRefused("GET /in HTTP/1.1\r\nHost: a\r\nX" + c + "Y: z\r\n\r\n");
            assertRefused(RawHttp2.request("GET", "/in", "x", "y" + c + "z"));
            assertRefused(RawHttp2.request("GET", "/in", "x" + c + "y", "z"));
        }
        assertRefused("GET /in HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n");
    }

    @Test
    @DisplayName("A15: the scheme's case is no difference")
    void scheme() throws IOException {
        try (RawHttp2 client = besieged.connectHttp2()) {
            assertThat(
                            client.ask(
                                            1,
                                            RawHttp2.block(
                                                    ":method",
                                                    "GET",
                                                    ":scheme",
                                                    "hTtP",
                                                    ":path",
                                                    "/ok",
                                                    ":authority",
                                                    "a"))
                                    .type())
                    .isEqualTo(RawHttp2.HEADERS);
        }
    }

    /** HTTP/1.1: 4xx or 501, the connection ends, and what follows is not taken for a request. */
    private void assertRefused(String head) throws IOException {
        try (RawClient client = besieged.connect()) {
            String all = client.send(head + SMUGGLED).readAll();
            assertThat(all).as(head).matches("(?s)HTTP/1.1 (400|501) .*");
            assertThat(all).as(head).containsOnlyOnce("HTTP/1.1 ");
        }
        assertThat(besieged.passed()).as(head).isEmpty();
    }

    /** HTTP/2: the stream is answered with 400 or reset, or the connection ends. */
    private void assertRefused(byte[] block) throws IOException {
        String shown = new String(block, StandardCharsets.ISO_8859_1);
        try (RawHttp2 client = besieged.connectHttp2()) {
            Frame answer = client.ask(1, block);
            if (answer.type() == RawHttp2.HEADERS) {
                // :status 400 is number 12 of HPACK's table.
                assertThat(answer.payload()[0]).as(shown).isEqualTo((byte) 0x8c);
                client.next(RawHttp2.RST_STREAM, RawHttp2.DATA);
            }
        }
        assertThat(besieged.passed()).as(shown).isEmpty();
    }
}

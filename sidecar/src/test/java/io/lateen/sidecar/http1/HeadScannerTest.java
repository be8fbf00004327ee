package io.lateen.sidecar.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.testkit.property.Property;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class HeadScannerTest {
    private static final String HOST = "Host: a\r\n";

    private record Case(String name, String head, int status) {}

    /** Every shape of a head that two parsers have been made to read differently. */
    private static final List<Case> REFUSED =
            List.of(
                    new Case(
                            "CL and TE",
                            post("Content-Length: 4\r\nTransfer-Encoding: chunked"),
                            400),
                    new Case(
                            "TE and CL",
                            post("Transfer-Encoding: chunked\r\nContent-Length: 4"),
                            400),
                    new Case("two lengths", post("Content-Length: 4\r\nContent-Length: 5"), 400),
                    new Case(
                            "same length twice",
                            post("Content-Length: 4\r\nContent-Length: 4"),
                            400),
                    new Case("a list of lengths", post("Content-Length: 4, 4"), 400),
                    new Case("a signed length", post("Content-Length: +4"), 400),
                    new Case("a negative length", post("Content-Length: -1"), 400),
                    new Case("a hexadecimal length", post("Content-Length: 0x4"), 400),
                    new Case("an empty length", post("Content-Length:"), 400),
                    new Case("a huge length", post("Content-Length: 99999999999999999999"), 400),
                    new Case(
                            "TE twice",
                            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
                            501),
                    new Case("TE identity", post("Transfer-Encoding: identity"), 501),
                    new Case("TE list", post("Transfer-Encoding: gzip, chunked"), 501),
                    new Case(
                            "TE chunked, chunked",
                            post("Transfer-Encoding: chunked, chunked"),
                            501),
                    new Case("TE xchunked", post("Transfer-Encoding: xchunked"), 501),
                    new Case("TE with a tab inside", post("Transfer-Encoding: \u000bchunked"), 400),
                    new Case(
                            "TE in 1.0",
                            "POST / HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n",
                            400),
                    new Case("space before colon", post("Content-Length : 4"), 400),
                    new Case("tab before colon", post("Transfer-Encoding\t: chunked"), 400),
                    new Case("a folded line", post("X-A: b\r\n c"), 400),
                    new Case(
                            "a first line that is folded",
                            "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
                            400),
                    new Case("a bare LF", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400),
                    new Case(
                            "a bare LF in a header",
                            "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n",
                            400),
                    new Case("a bare CR in a value", post("X-A: b\rc"), 400),
                    new Case("a NUL in a value", post("X-A: b\0c"), 400),
                    new Case("DEL in a value", post("X-A: b\u007fc"), 400),
                    new Case("no colon", post("X-A"), 400),
                    new Case("an empty name", post(": x"), 400),
                    new Case("a name with a space", post("X A: b"), 400),
                    new Case("a name with a slash", post("X/A: b"), 400),
                    new Case("a name above ASCII", post("X\u00e9: b"), 400),
                    new Case("no Host", "GET / HTTP/1.1\r\nX: y\r\n\r\n", 400),
                    new Case("two Hosts", get(HOST + HOST), 400),
                    new Case("an empty Host", get("Host: \r\n"), 400),
                    new Case("a Host with a path", get("Host: a/b\r\n"), 400),
                    new Case("a Host with user information", get("Host: u@a\r\n"), 400),
                    new Case("a Host with a comma", get("Host: a,b\r\n"), 400),
                    new Case("a Host with a bad port", get("Host: a:8x\r\n"), 400),
                    new Case(
                            "a Host that differs",
                            "GET http://b/ HTTP/1.1\r\n" + HOST + "\r\n",
                            400),
                    new Case(
                            "user information in the target",
                            "GET http://u:p@a/ HTTP/1.1\r\n" + HOST + "\r\n",
                            400),
                    new Case("a fragment", "GET /a#b HTTP/1.1\r\n" + HOST + "\r\n", 400),
                    new Case("another scheme", "GET ftp://a/ HTTP/1.1\r\n" + HOST + "\r\n", 400),
                    new Case("a target without a slash", "GET a HTTP/1.1\r\n" + HOST + "\r\n", 400),
                    new Case("an asterisk with GET", "GET * HTTP/1.1\r\n" + HOST + "\r\n", 400),
                    new Case("two spaces", "GET  / HTTP/1.1\r\n" + HOST + "\r\n", 400),
                    new Case("a space in the target", "GET /a b HTTP/1.1\r\n" + HOST + "\r\n", 400),
                    new Case("a tab for a space", "GET\t/ HTTP/1.1\r\n" + HOST + "\r\n", 400),
                    new Case("a space at the end", "GET / HTTP/1.1 \r\n" + HOST + "\r\n", 400),
                    new Case("HTTP/2.0", "GET / HTTP/2.0\r\n" + HOST + "\r\n", 505),
                    new Case("HTTP/1.2", "GET / HTTP/1.2\r\n" + HOST + "\r\n", 505),
                    new Case("a lower-case version", "GET / http/1.1\r\n" + HOST + "\r\n", 400),
                    new Case("HTTP/0.9", "GET /\r\n" + HOST + "\r\n\r\n\r\n", 400),
                    new Case(
                            "a control byte first",
                            "\u0001GET / HTTP/1.1\r\n" + HOST + "\r\n",
                            400),
                    new Case(
                            "a TLS hello",
                            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
                            400),
                    new Case("a space first", " GET / HTTP/1.1\r\n" + HOST + "\r\n", 400),
                    new Case(
                            "many empty lines first",
                            "\r\n\r\n\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n",
                            400),
                    new Case("a method of brackets", "G(T / HTTP/1.1\r\n" + HOST + "\r\n", 400),
                    new Case(
                            "a very long method",
                            "A".repeat(40) + " / HTTP/1.1\r\n" + HOST + "\r\n",
                            501),
                    new Case(
                            "CONNECT without a port",
                            "CONNECT a HTTP/1.1\r\n" + HOST + "\r\n",
                            400),
                    new Case(
                            "CONNECT with a path",
                            "CONNECT a:1/x HTTP/1.1\r\n" + HOST + "\r\n",
                            400),
                    new Case("an odd expectation", post("Expect: magic"), 417),
                    new Case("a Connection that names Host", post("Connection: Host"), 400),
                    new Case(
                            "a Connection that names a length",
                            post("Connection: close, content-length"),
                            400),
                    new Case("too many lines", post("X: y\r\n".repeat(101) + "Z: z"), 431));

    private static String post(String lines) {
        return "POST / HTTP/1.1\r\n" + HOST + lines + "\r\n\r\n";
    }

    private static String get(String lines) {
        return "GET / HTTP/1.1\r\n" + lines + "\r\n";
    }

    private static int scan(HeadScanner scanner, RequestHead head, String text) {
        head.clear();
        head.fields().append(text.getBytes(StandardCharsets.ISO_8859_1));
        return scanner.scanRequest(head);
    }

    @Test
    void refusesEveryAmbiguity() {
        HeadScanner scanner = new HeadScanner();
        RequestHead head = new RequestHead();
        assertThat(REFUSED).isNotEmpty();
        for (Case each : REFUSED) {
            assertThat(scan(scanner, head, each.head()))
                    .as(each.name())
                    .isEqualTo(HeadScanner.MALFORMED);
            assertThat(scanner.status()).as(each.name()).isEqualTo(each.status());
            assertThat(scanner.reason()).as(each.name()).isNotEmpty();
        }
    }

    @Test
    void readsTheFourFormsOfATarget() {
        HeadScanner scanner = new HeadScanner();
        RequestHead head = new RequestHead();

        scan(scanner, head, "GET /a/b?c=d HTTP/1.1\r\n" + HOST + "\r\n");
        assertThat(head.path()).isEqualTo("/a/b");
        assertThat(head.query()).isEqualTo("c=d");
        scan(scanner, head, "GET http://b.c:81?q HTTP/1.1\r\nHost: B.c:81\r\n\r\n");
        assertThat(head.target()).isEqualTo("/?q");
        assertThat(head.authority()).isEqualTo("b.c:81");
        scan(scanner, head, "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n");
        assertThat(head.target()).isEqualTo("*");
        scan(scanner, head, "CONNECT [::1]:443 HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(head.authority()).isEqualTo("[::1]:443");
    }

    @Test
    void waitsForTheRestOfEveryPrefix() {
        HeadScanner scanner = new HeadScanner();
        RequestHead head = new RequestHead();
        String whole = "\r\nPUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\nX-A:  b \r\n\r\n";
        for (int i = 0; i < whole.length(); i++) {
            assertThat(scan(scanner, head, whole.substring(0, i)))
                    .as(whole.substring(0, i))
                    .isEqualTo(HeadScanner.INCOMPLETE);
        }
        assertThat(scan(scanner, head, whole)).isEqualTo(whole.length());
        assertThat(head.bodyLength()).isEqualTo(12);
        assertThat(head.header(HeaderName.of("x-a"))).isEqualTo("b");
    }

    /** Whatever we take, Netty's decoder takes too, and understands it the same way. */
    @Test
    void neverUnderstandsAHeadOtherwiseThanNettyDoes() {
        int[] taken = {0};
        Property.forAll(
                20_000,
                random -> {
                    String text = mutated(random);
                    HeadScanner scanner = new HeadScanner();
                    RequestHead head = new RequestHead();
                    int end = scan(scanner, head, text);
                    if (end <= 0) {
                        return;
                    }
                    taken[0]++;
                    HttpRequest oracle = netty(text);
                    assertThat(oracle).as(text).isNotNull();
                    assertThat(oracle.decoderResult().isSuccess())
                            .as("%s: %s", text, oracle.decoderResult())
                            .isTrue();
                    assertThat(head.method()).isEqualTo(oracle.method().name());
                    if (oracle.uri().startsWith("/")) {
                        assertThat(head.target()).isEqualTo(oracle.uri());
                    }
                    assertThat(lines(head)).as(text).isEqualTo(lines(oracle));
                });
        assertThat(taken[0]).as("heads that were taken").isGreaterThan(2_000);
    }

    private static @Nullable HttpRequest netty(String text) {
        EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder(65536, 65536, 65536));
        ByteBuf bytes = Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
        channel.writeInbound(bytes);
        Object first = channel.readInbound();
        channel.finishAndReleaseAll();
        return first instanceof HttpRequest request ? request : null;
    }

    private static List<String> lines(RequestHead head) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < head.fields().count(); i++) {
            lines.add(
                    head.fields().name(i).toLowerCase(Locale.ROOT) + "=" + head.fields().value(i));
        }
        return lines;
    }

    private static List<String> lines(HttpRequest request) {
        List<String> lines = new ArrayList<>();
        request.headers()
                .forEach(e -> lines.add(e.getKey().toLowerCase(Locale.ROOT) + "=" + e.getValue()));
        return lines;
    }

    private static String mutated(SplittableRandom random) {
        String[] seeds = {
            "GET / HTTP/1.1\r\nHost: a\r\nX-One: 1\r\nX-Two:2\r\n\r\n",
            "POST /a?b=c HTTP/1.1\r\nHost: a:80\r\nContent-Length: 3\r\nAccept: */*\r\n\r\nabc",
            "PUT /x HTTP/1.1\r\nhost: reviews\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "GET /y HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, X-H\r\nCookie: a=b; c=d\r\n\r\n",
        };
        StringBuilder text = new StringBuilder(seeds[random.nextInt(seeds.length)]);
        String alphabet = "\r\n\t :,;=/?#aZ09-_\0\u007f\u00e9\"(){}%";
        int edits = random.nextInt(4);
        for (int i = 0; i < edits; i++) {
            int at = random.nextInt(text.length());
            char c = alphabet.charAt(random.nextInt(alphabet.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, c);
                case 1 -> text.insert(at, c);
                case 2 -> text.deleteCharAt(at);
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 12)));
            }
        }
        return text.toString();
    }
}

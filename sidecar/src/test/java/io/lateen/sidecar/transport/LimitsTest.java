package io.lateen.sidecar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.sidecar.transport.RawHttp2.Frame;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one client may ask for at most: docs/reference/limits.md. */
@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class LimitsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final String CHUNKED =
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final AtomicLong ahead = new AtomicLong();

    /** Reads what comes, and never answers. */
    private final RawServer app =
            RawServer.start(
                    connection -> {
                        while (!connection.head().isEmpty()) {}
                    });

    private final Carrying sidecar =
            Carrying.start(
                    Plans.inbound(app.address()),
                    Carrying.settings(() -> System.nanoTime() + ahead.get()),
                    1);

    @AfterEach
    void close() {
        sidecar.close();
        app.close();
    }

    @Test
    void ofStreamsAHundredAreOpenAtATimeAndTheClientIsTold() throws IOException {
        try (RawHttp2 client = connect()) {
            Frame settings = client.next(RawHttp2.SETTINGS);
            assertThat(setting(settings, 3)).isEqualTo(100);

            for (int i = 0; i <= 100; i++) {
                client.send(
                        RawHttp2.HEADERS,
                        RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                        1 + 2 * i,
                        RawHttp2.get(0, 0));
            }

            Frame refused = client.next(RawHttp2.RST_STREAM, RawHttp2.GOAWAY);
            assertThat(refused.type()).isEqualTo(RawHttp2.RST_STREAM);
            assertThat(refused.stream()).isEqualTo(201);
            assertThat(refused.number(0)).isEqualTo(RawHttp2.REFUSED_STREAM);
        }
    }

    @Test
    void aClientThatResetsItsStreamsOverAndOverIsLetGo() throws IOException {
        try (RawHttp2 client = connect()) {
            for (int i = 0; i < 250; i++) {
                client.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1 + 2 * i, RawHttp2.get(0, 0));
                client.send(RawHttp2.RST_STREAM, 0, 1 + 2 * i, new byte[] {0, 0, 0, 8});
            }

            assertThat(client.next(RawHttp2.GOAWAY).number(4))
                    .isEqualTo(RawHttp2.ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void aHeadThatIsContinuedWithoutEndIsNotReadToItsEnd() throws IOException {
        try (RawHttp2 client = connect()) {
            client.send(RawHttp2.HEADERS, 0, 1, RawHttp2.get(0, 0));
            for (int i = 0; i < 20; i++) {
                client.send(RawHttp2.CONTINUATION, 0, 1, new byte[0]);
            }

            assertThat(client.next(RawHttp2.GOAWAY).number(4))
                    .isEqualTo(RawHttp2.ENHANCE_YOUR_CALM);
        }
    }

    @Test
    void aHeadOfMoreThan60KibibytesIsRefusedOverHttp2() throws IOException {
        byte[] head = RawHttp2.get(16, 4_000);
        try (RawHttp2 client = connect()) {
            int size = 16_000;
            client.send(RawHttp2.HEADERS, RawHttp2.END_STREAM, 1, Arrays.copyOf(head, size));
            for (int at = size; at < head.length; at += size) {
                boolean last = at + size >= head.length;
                client.send(
                        RawHttp2.CONTINUATION,
                        last ? RawHttp2.END_HEADERS : 0,
                        1,
                        Arrays.copyOfRange(head, at, Math.min(head.length, at + size)));
            }

            assertThat(client.next(RawHttp2.RST_STREAM, RawHttp2.GOAWAY).type()).isPositive();
            assertThat(app.heads()).isEmpty();
        }
    }

    @Test
    void aHeadOfMoreThanAHundredLinesIsRefusedOverHttp2() throws IOException {
        try (RawHttp2 client = connect()) {
            client.send(
                    RawHttp2.HEADERS,
                    RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                    1,
                    RawHttp2.get(101, 1));

            // The answer says why, then the stream ends.
            assertThat(client.next(RawHttp2.HEADERS).stream()).isEqualTo(1);
            assertThat(client.next(RawHttp2.RST_STREAM).stream()).isEqualTo(1);
            assertThat(app.heads()).isEmpty();
        }
    }

    @Test
    void whoAsksForAnswersAndReadsNoneIsLetGo() throws IOException {
        byte[] ping = RawHttp2.frame(RawHttp2.PING, 0, 0, new byte[8]);
        byte[] many = new byte[ping.length * 1_000];
        for (int i = 0; i < 1_000; i++) {
            System.arraycopy(ping, 0, many, i * ping.length, ping.length);
        }
        try (RawHttp2 client = connect()) {
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 10_000; i++) {
                                    client.sendAsItIs(many);
                                }
                            })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aHeadOfMoreThan60KibibytesIsRefused() throws IOException {
        assertThat(answer("GET / HTTP/1.1\r\nHost: a\r\nX: " + "v".repeat(60 * 1024)))
                .startsWith("HTTP/1.1 431 ");
    }

    @Test
    void aChunkSaysNoMoreThanAKibibyteAboutItself() throws IOException {
        assertThat(answer(CHUNKED + "1;" + "e".repeat(1_100) + "\r\n")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void trailersAreNoLongerThan16Kibibytes() throws IOException {
        assertThat(answer(CHUNKED + "0\r\n" + "X: y\r\n".repeat(3_000)))
                .startsWith("HTTP/1.1 400 ");
    }

    private String answer(String request) throws IOException {
        try (RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            return client.send(request).head();
        }
    }

    @Test
    void aHeadMustBeCompleteWithinAMinute() throws IOException {
        try (RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            client.send("GET / HTTP/1.1\r\nHost: ");
            // That it was read is not to be seen from outside: until it was, time goes by again.
            String answer;
            client.socket().setSoTimeout(1_500);
            do {
                ahead.addAndGet(61 * SECOND);
                answer = head(client);
            } while (answer.isEmpty());

            assertThat(answer).startsWith("HTTP/1.1 408 ");
        }
    }

    private static String head(RawClient client) throws IOException {
        try {
            return client.head();
        } catch (java.net.SocketTimeoutException e) {
            return "";
        }
    }

    private RawHttp2 connect() throws IOException {
        return new RawHttp2(sidecar.address("virtualInbound"));
    }

    /** A setting's value, or -1 when it is not there. */
    private static int setting(Frame settings, int id) {
        for (int at = 0; at < settings.payload().length; at += 6) {
            if ((settings.number(at) >>> 16) == id) {
                return settings.number(at + 2);
            }
        }
        return -1;
    }
}

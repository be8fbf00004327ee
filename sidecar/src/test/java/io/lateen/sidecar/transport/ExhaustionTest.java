package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.sidecar.transport.Besieged.Front;
import io.lateen.sidecar.transport.RawHttp2.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Attacks E1 to E7 (of E2 what clients break), E12 and E15: what costs a client little and is meant
 * to cost the sidecar much, at both sockets that strangers reach. It ends where the limits say, it
 * costs in proportion, and others notice nothing. E8 is SheddingTest's, E9 SameAsDirectHttp1Test's
 * (bodies stay as they are), E10 RegexesTest's.
 */
@ParameterizedClass
@EnumSource
@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class ExhaustionTest {

    private static final String OK = "GET /ok HTTP/1.1\r\nHost: a\r\n\r\n";

    private final Besieged besieged;

    ExhaustionTest(Front front) throws IOException {
        besieged = new Besieged(front);
    }

    @AfterEach
    void close() throws IOException {
        besieged.assertUnharmed();
        besieged.close();
    }

    @Test
    @DisplayName("E1: streams that are opened and reset at once")
    void rapidReset() throws IOException {
        try (RawHttp2 client = besieged.connectHttp2()) {
            for (int i = 0; i < 300; i++) {
                client.send(
                        RawHttp2.HEADERS,
                        RawHttp2.END_HEADERS,
                        1 + 2 * i,
                        RawHttp2.request("GET", "/in"));
                client.send(RawHttp2.RST_STREAM, 0, 1 + 2 * i, new byte[] {0, 0, 0, 8});
            }

            assertCalmedDown(client);
            besieged.assertBounded(300 * 60);
        }
    }

    @Test
    @DisplayName("E2: streams that the sidecar is made to reset itself")
    void madeYouReset() throws IOException {
        try (RawHttp2 client = besieged.connectHttp2()) {
            for (int i = 0; i < 300; i++) {
                client.send(
                        RawHttp2.HEADERS,
                        RawHttp2.END_HEADERS,
                        1 + 2 * i,
                        RawHttp2.request("GET", "/in"));
                // An increment of nothing is an error of the stream (RFC 9113 §6.9).
                client.send(RawHttp2.WINDOW_UPDATE, 0, 1 + 2 * i, new byte[4]);
            }

            assertCalmedDown(client);
        }
        // What was on its way to the application is given up with its stream.
        eventually(
                () ->
                        assertThat(
                                        besieged.sidecar().listeners().counts().join().stream()
                                                .mapToLong(each -> each.tally().connections())
                                                .sum())
                                .isLessThanOrEqualTo(1));
    }

    @Test
    @DisplayName("E3: a head that is continued for ever")
    void continuations() throws IOException {
        for (int size : new int[] {0, 1, 1000}) {
            try (RawHttp2 client = besieged.connectHttp2()) {
                client.send(RawHttp2.HEADERS, 0, 1, RawHttp2.request("GET", "/in"));
                byte[] piece = new byte[size];
                java.util.Arrays.fill(piece, (byte) 0x82);
                for (int i = 0; i < 2_000; i++) {
                    if (!sent(client, RawHttp2.CONTINUATION, 0, 1, piece)) {
                        break;
                    }
                }

                assertThat(client.next(RawHttp2.GOAWAY, RawHttp2.RST_STREAM).type()).isPositive();
                besieged.assertBounded(2_000);
            }
        }
        assertThat(besieged.passed()).isEmpty();
    }

    @Test
    @DisplayName("E4: floods of frames that carry nothing")
    void emptyFrames() throws IOException {
        byte[] setting = ByteBuffer.allocate(6).putShort((short) 3).putInt(100).array();
        assertFloodEnds(RawHttp2.frame(RawHttp2.PING, 0, 0, new byte[8]));
        assertFloodEnds(RawHttp2.frame(RawHttp2.SETTINGS, 0, 0, setting));
        assertFloodEnds(RawHttp2.frame(RawHttp2.PRIORITY, 0, 1, new byte[] {0, 0, 0, 0, 9}));
        assertFloodEnds(RawHttp2.frame(0x4d, 0, 0, new byte[0]));
    }

    @Test
    @DisplayName("E4: DATA frames without data")
    void emptyData() throws IOException {
        try (RawHttp2 client = besieged.connectHttp2()) {
            client.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.request("POST", "/in"));
            for (int i = 0; i < 100; i++) {
                if (!sent(client, RawHttp2.DATA, 0, 1, new byte[0])) {
                    break;
                }
            }

            assertCalmedDown(client);
        }
    }

    @Test
    @DisplayName("E5: more streams than were offered")
    void streams() throws IOException {
        try (RawHttp2 client = besieged.connectHttp2()) {
            for (int i = 0; i < 150; i++) {
                client.send(
                        RawHttp2.HEADERS,
                        RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                        1 + 2 * i,
                        RawHttp2.request("GET", "/in"));
            }

            Frame refused = client.next(RawHttp2.RST_STREAM);
            assertThat(refused.stream()).isEqualTo(201);
            assertThat(refused.number(0)).isEqualTo(RawHttp2.REFUSED_STREAM);
            eventually(() -> assertThat(besieged.passed()).hasSize(100));
        }
    }

    @Test
    @DisplayName("E6: one header that is named over and over")
    void amplification() throws IOException {
        for (String name : List.of("x", "cookie")) {
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            block.writeBytes(RawHttp2.request("GET", "/in"));
            // A literal that is kept in the table, as its first entry, number 62.
            byte[] kept = RawHttp2.block(name, "v".repeat(3_000));
            kept[0] = 0x40;
            block.writeBytes(kept);
            for (int i = 0; i < 3_000; i++) {
                block.write(0xbe);
            }
            try (RawHttp2 client = besieged.connectHttp2()) {
                Frame answer = client.ask(1, block.toByteArray());

                assertThat(answer.type()).as(name).isNotEqualTo(RawHttp2.DATA);
                besieged.assertBounded(block.size());
            }
        }
        assertThat(besieged.passed()).isEmpty();
    }

    @Test
    @DisplayName("E6: many tiny headers, and many crumbs of a cookie")
    void manyHeaders() throws IOException {
        for (String name : List.of("x", "cookie")) {
            String[] more = new String[400];
            for (int i = 0; i < more.length; i += 2) {
                more[i] = name;
                more[i + 1] = "";
            }
            try (RawHttp2 client = besieged.connectHttp2()) {
                client.send(
                        RawHttp2.HEADERS,
                        RawHttp2.END_HEADERS | RawHttp2.END_STREAM,
                        1,
                        RawHttp2.request("GET", "/in", more));

                assertThat(client.next(RawHttp2.RST_STREAM, RawHttp2.GOAWAY).type()).isPositive();
            }
            try (RawClient client = besieged.connect()) {
                assertThat(
                                client.send(
                                                "GET /in HTTP/1.1\r\nHost: a\r\n"
                                                        + (name + ": \r\n").repeat(200)
                                                        + "\r\n")
                                        .readAll())
                        .startsWith("HTTP/1.1 431 ");
            }
        }
        assertThat(besieged.passed()).isEmpty();
    }

    @Test
    @DisplayName("E7: a body in frames of one byte to an application that does not read")
    void dribble() throws IOException {
        try (RawHttp2 client = besieged.connectHttp2()) {
            client.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.request("POST", "/in"));
            byte[] one = RawHttp2.frame(RawHttp2.DATA, 0, 1, new byte[1]);
            // Apart, so that each comes in a buffer of its own.
            for (int i = 0; i < 5_000; i++) {
                client.sendAsItIs(one);
            }

            besieged.assertBounded(5_000);
        }
    }

    @Test
    @DisplayName("E7: heads that do not end")
    void slowHeads() throws IOException {
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                slow.add(besieged.connect().send("GET /in HTTP/1.1\r\nHost: a\r\nX: y"));
            }
            besieged.assertUnharmed();
            besieged.assertBounded(200 * 33);

            // That they were read is not to be seen from outside: time goes by until all were.
            for (RawClient each : slow) {
                each.socket().setSoTimeout(2_000);
            }
            for (RawClient each : slow) {
                String answer = "";
                for (int i = 0; i < 5 && answer.isEmpty(); i++) {
                    try {
                        answer = each.readAll();
                    } catch (java.net.SocketTimeoutException e) {
                        besieged.later(TimeUnit.SECONDS.toNanos(61));
                    }
                }
                assertThat(answer).startsWith("HTTP/1.1 408 ");
            }
        } finally {
            for (RawClient each : slow) {
                each.close();
            }
        }
    }

    @Test
    @DisplayName("E7: pipelined requests whose answers are not read")
    void unreadAnswers() throws IOException {
        try (RawClient client = besieged.connect()) {
            client.socket().setReceiveBufferSize(4096);
            byte[] many = OK.repeat(100).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            Thread flood =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            for (int i = 0; i < 10_000; i++) {
                                                client.socket().getOutputStream().write(many);
                                            }
                                        } catch (IOException e) {
                                            // The end of the test.
                                        }
                                    });
            besieged.assertUnharmed();
            // 37 MB of requests are not read ahead of their answers: they stay with the client.
            besieged.assertBounded(0);
            assertThat(flood.isAlive()).isTrue();
        }
    }

    @Test
    @DisplayName("E12: first words that could become anything")
    void undecided() throws IOException {
        try (RawClient client = besieged.connect()) {
            client.send("PRI");
            besieged.assertUnharmed();
            client.socket().setSoTimeout(2_000);
            String answer = "";
            for (int i = 0; i < 5 && answer.isEmpty(); i++) {
                besieged.later(TimeUnit.SECONDS.toNanos(61));
                try {
                    answer = client.readAll();
                } catch (java.net.SocketTimeoutException e) {
                    // Not yet.
                }
            }

            assertThat(answer).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    @DisplayName("E15: times of gRPC that are none")
    void grpcTimeouts() throws IOException {
        int stream = 1;
        try (RawHttp2 client = besieged.connectHttp2()) {
            for (String timeout :
                    List.of("99999999H", "999999999999999999999H", "-1S", "1", "S", "", "1y")) {
                assertThat(
                                client.ask(
                                                stream,
                                                RawHttp2.request(
                                                        "GET", "/ok", "grpc-timeout", timeout))
                                        .type())
                        .as(timeout)
                        .isEqualTo(RawHttp2.HEADERS);
                stream += 2;
            }
        }
    }

    private void assertFloodEnds(byte[] frame) throws IOException {
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < 1_000; i++) {
            many.writeBytes(frame);
        }
        try (RawHttp2 client = besieged.connectHttp2()) {
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 10_000; i++) {
                                    client.sendAsItIs(many.toByteArray());
                                }
                            })
                    .isInstanceOf(IOException.class);
            besieged.assertUnharmed();
            besieged.assertBounded(10_000L * frame.length);
        }
    }

    private static boolean sent(RawHttp2 client, int type, int flags, int stream, byte[] payload) {
        try {
            client.send(type, flags, stream, payload);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void assertCalmedDown(RawHttp2 client) throws IOException {
        assertThat(client.next(RawHttp2.GOAWAY).number(4)).isEqualTo(RawHttp2.ENHANCE_YOUR_CALM);
    }
}

package io.lateen.sidecar.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.testkit.property.Property;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** First messages as the JDK writes them, and broken ones. */
class ClientHelloTest {

    private static ClientHello read(byte[] bytes) {
        ByteBuf seen = Unpooled.wrappedBuffer(bytes);
        ClientHello found = ClientHello.read(seen);
        assertThat(seen.readableBytes()).as("bytes still to be read").isEqualTo(bytes.length);
        return found;
    }

    /** The same message in records of {@code size} bytes. */
    private static byte[] inRecords(byte[] hello, int size) {
        ByteBuf out = Unpooled.buffer();
        for (int at = 5; at < hello.length; at += size) {
            int length = Math.min(size, hello.length - at);
            out.writeByte(22).writeShort(0x0301).writeShort(length);
            out.writeBytes(hello, at, length);
        }
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    @Test
    void readsTheNameAndTheProtocols() {
        assertThat(read(Hellos.of("Reviews.Default.svc.cluster.local", "istio-http/1.1", "h2")))
                .isEqualTo(
                        new ClientHello.Hello(
                                "reviews.default.svc.cluster.local",
                                List.of("istio-http/1.1", "h2")));
    }

    @Test
    void takesAMessageWithoutEither() {
        assertThat(read(Hellos.of(""))).isEqualTo(new ClientHello.Hello("", List.of()));
    }

    @Test
    void waitsForEveryByte() {
        byte[] whole = Hellos.of("reviews.example", "istio");

        for (int length = 0; length < whole.length; length++) {
            byte[] part = java.util.Arrays.copyOf(whole, length);
            assertThat(read(part))
                    .as("%d bytes", length)
                    .isInstanceOf(ClientHello.Incomplete.class);
        }
    }

    @Test
    void putsAMessageTogetherFromItsRecords() {
        byte[] whole = Hellos.of("reviews.example", "istio");
        ClientHello expected = read(whole);

        for (int size : new int[] {1, 3, 7, 64, 200}) {
            assertThat(read(inRecords(whole, size))).as("records of %d", size).isEqualTo(expected);
        }
    }

    @Test
    void knowsWhatIsNoHandshake() {
        assertThat(read("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(ClientHello.NotTls.class);
        assertThat(read(new byte[] {22, 0x0D})).isInstanceOf(ClientHello.NotTls.class);
    }

    @Test
    void refusesAMessageThatPromisesTooMuch() {
        byte[] huge = {22, 3, 1, 0x40, 0, 1, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF};

        assertThat(read(huge)).isEqualTo(new ClientHello.Malformed("a message of 16777215 bytes"));
    }

    @Test
    void refusesAnotherFirstMessage() {
        byte[] server = {22, 3, 3, 0, 4, 2, 0, 0, 0};

        assertThat(read(server))
                .isEqualTo(new ClientHello.Malformed("a message of type 2, expected client_hello"));
    }

    @Test
    void doesNotTakeNamesWithControlCharacters() {
        byte[] whole = Hellos.of("reviews.example");
        int at = new String(whole, StandardCharsets.ISO_8859_1).indexOf("reviews.example");
        whole[at + 3] = 0;

        assertThat(read(whole)).isInstanceOf(ClientHello.Malformed.class);
    }

    @Test
    void survivesWhateverComes() {
        byte[] whole = Hellos.of("reviews.example", "istio", "h2");

        Property.forAll(
                20_000,
                random -> {
                    byte[] bytes = whole.clone();
                    for (int i = random.nextInt(1, 8); i > 0; i--) {
                        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                    }
                    int length = random.nextInt(bytes.length + 1);
                    ClientHello found = read(java.util.Arrays.copyOf(bytes, length));
                    assertThat(found).isNotNull();
                });
    }

    @Test
    void survivesNoise() {
        Property.forAll(
                20_000,
                random -> {
                    byte[] bytes = new byte[random.nextInt(64)];
                    new SplittableRandom(random.nextLong()).nextBytes(bytes);
                    if (bytes.length > 6) {
                        bytes[0] = 22;
                        bytes[1] = 3;
                        bytes[5] = 1;
                    }
                    assertThat(read(bytes)).isNotNull();
                });
    }
}

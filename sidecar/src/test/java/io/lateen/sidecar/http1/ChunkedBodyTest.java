package io.lateen.sidecar.http1;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.testkit.property.Property;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class ChunkedBodyTest {
    private static final class Recorder implements BodySink {
        private final StringBuilder bytes = new StringBuilder();
        private int content;
        private boolean ended;
        private @Nullable String sum;

        @Override
        public void data(ByteBuf data, int count, boolean end) {
            bytes.append(data.toString(StandardCharsets.ISO_8859_1));
            data.release();
            content += count;
            ended |= end;
        }

        @Override
        public void trailers(Fields trailers) {
            ended = true;
            sum = trailers.value(HeaderName.of("x-sum"));
        }
    }

    private static @Nullable String read(
            String body, boolean framed, Recorder into, SplittableRandom random) {
        ChunkedBody chunks = new ChunkedBody(new HeadScanner());
        chunks.begin(framed);
        int at = 0;
        while (at < body.length()) {
            int to = Math.min(body.length(), at + 1 + random.nextInt(7));
            ByteBuf piece =
                    Unpooled.copiedBuffer(body.substring(at, to), StandardCharsets.ISO_8859_1);
            String fault = chunks.read(piece, into);
            at = to - piece.readableBytes();
            piece.release();
            if (fault != null) {
                return fault;
            }
            if (chunks.done()) {
                assertThat(body.substring(at)).isEqualTo("NEXT");
                return null;
            }
        }
        return null;
    }

    @Test
    void passesContentOnHoweverItComesInPieces() {
        Property.forAll(
                3_000,
                random -> {
                    StringBuilder content = new StringBuilder();
                    StringBuilder body = new StringBuilder();
                    StringBuilder bare = new StringBuilder();
                    int chunks = random.nextInt(5);
                    for (int i = 0; i < chunks; i++) {
                        String data = "abcdefghijklmnopqrstuvwxyz".substring(random.nextInt(25));
                        String size = Integer.toHexString(data.length());
                        String extension = random.nextInt(3) == 0 ? ";a=\"b\"" : "";
                        content.append(data);
                        body.append(size)
                                .append(extension)
                                .append("\r\n")
                                .append(data)
                                .append("\r\n");
                        bare.append(size).append("\r\n").append(data).append("\r\n");
                    }
                    boolean trailers = random.nextBoolean();
                    body.append("0\r\n").append(trailers ? "X-Sum: 1\r\n\r\n" : "\r\n");
                    bare.append("0\r\n");

                    Recorder plain = new Recorder();
                    assertThat(read(body + "NEXT", false, plain, random)).isNull();
                    assertThat(plain.bytes).hasToString(content.toString());
                    assertThat(plain.content).isEqualTo(content.length());
                    assertThat(plain.ended).isTrue();
                    assertThat(plain.sum).isEqualTo(trailers ? "1" : null);

                    Recorder framed = new Recorder();
                    assertThat(read(body + "NEXT", true, framed, random)).isNull();
                    String passed = framed.bytes.toString();
                    assertThat(passed.endsWith("0\r\n\r\n") && !trailers ? passed : passed + "\r\n")
                            .as("without extensions")
                            .isEqualTo(bare + "\r\n");
                    assertThat(framed.content).isEqualTo(content.length());
                    assertThat(framed.ended).isTrue();
                });
    }

    @Test
    void refusesEveryOtherFramingAndPassesNothingOfItOn() {
        List<String> bad =
                List.of(
                        "g\r\n",
                        "\r\n",
                        " 5\r\nhello",
                        "5 \r\nhello",
                        "5\nhello",
                        "5\r\r\nhello",
                        "5\r\nhelloX",
                        "5\r\nhello\n",
                        "0x5\r\nhello",
                        "-5\r\n",
                        "+5\r\n",
                        "fffffffffffffffff\r\n",
                        "5;a\u0001b\r\nhello",
                        "5;a\nb\r\nhello",
                        "0\r\nContent-Length: 4\r\n\r\n",
                        "0\r\nX : y\r\n\r\n",
                        "0\r\n X: y\r\n\r\n",
                        "0\r\nHost: b\r\n\r\n",
                        "0\r\nTransfer-Encoding: chunked\r\n\r\n");
        Property.forAll(
                20,
                random -> {
                    for (String each : bad) {
                        Recorder seen = new Recorder();
                        assertThat(read(each, true, seen, random)).as(each).isNotNull();
                        assertThat(seen.ended).as(each).isFalse();
                    }
                });
    }
}

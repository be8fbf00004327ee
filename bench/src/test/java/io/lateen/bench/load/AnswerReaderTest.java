package io.lateen.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {

    private final AnswerReader reader = new AnswerReader();

    @Test
    void followsAnAnswerThatComesByteByByte() {
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

        for (int at = 0; at < answer.length() - 1; at++) {
            assertThat(read(answer.substring(at, at + 1))).isEqualTo(AnswerReader.Progress.MORE);
        }
        assertThat(read("o")).isEqualTo(AnswerReader.Progress.GOOD);
        assertThat(read(answer))
                .as("the next answer starts afresh")
                .isEqualTo(AnswerReader.Progress.GOOD);
    }

    @Test
    void tellsAnotherStatus() {
        assertThat(read("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"))
                .isEqualTo(AnswerReader.Progress.BAD);
    }

    @Test
    void doesNotGuessALength() {
        assertThat(read("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"))
                .isEqualTo(AnswerReader.Progress.UNREADABLE);
    }

    @Test
    void refusesMoreThanWasAnnounced() {
        assertThat(read("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nabc"))
                .isEqualTo(AnswerReader.Progress.UNREADABLE);
    }

    private AnswerReader.Progress read(String bytes) {
        return reader.read(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
    }
}

package io.lateen.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Follows an HTTP/1.1 answer to its end: enough for answers with a Content-Length, which is all
 * that the upstream sends. Keeps the head of the answer at hand; not for several answers at once.
 */
final class AnswerReader {

    /** What the bytes so far amount to. */
    enum Progress {
        MORE,
        GOOD,
        BAD,
        UNREADABLE
    }

    private static final int MAX_HEAD = 16 * 1024;

    private final byte[] head = new byte[MAX_HEAD];
    private int headLength;
    private long bodyLeft = -1;
    private boolean good;

    Progress read(ByteBuf bytes) {
        while (bodyLeft < 0 && bytes.isReadable()) {
            if (headLength == MAX_HEAD) {
                return Progress.UNREADABLE;
            }
            head[headLength++] = bytes.readByte();
            if (headEnds()) {
                bodyLeft = understand(new String(head, 0, headLength, StandardCharsets.US_ASCII));
                if (bodyLeft < 0) {
                    return Progress.UNREADABLE;
                }
            }
        }
        if (bodyLeft < 0) {
            return Progress.MORE;
        }
        bodyLeft -= bytes.readableBytes();
        if (bodyLeft > 0) {
            return Progress.MORE;
        }
        boolean whole = bodyLeft == 0;
        headLength = 0;
        bodyLeft = -1;
        if (!whole) {
            return Progress.UNREADABLE;
        }
        return good ? Progress.GOOD : Progress.BAD;
    }

    private boolean headEnds() {
        return headLength >= 4
                && head[headLength - 1] == '\n'
                && head[headLength - 2] == '\r'
                && head[headLength - 3] == '\n'
                && head[headLength - 4] == '\r';
    }

    /** The body's length, or -1 when the head does not say it. */
    private long understand(String text) {
        good = text.startsWith("HTTP/1.1 200 ");
        for (String line : text.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Long.parseLong(line.substring("content-length:".length()).strip());
            }
        }
        return -1;
    }
}

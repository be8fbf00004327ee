package io.lateen.sidecar.http1;

import io.lateen.sidecar.exchange.Fields;
import io.netty.buffer.ByteBuf;

/**
 * Copies a head from read buffers into the array that it is scanned in.
 *
 * <p>A head mostly comes in one read and is then scanned at once. One that does not is looked
 * through for its end as it comes, each byte once, so that a head sent byte by byte costs no more
 * than one sent whole. One per connection.
 */
final class HeadIntake {
    /** Step of copying: most heads fit, and little of a body is copied in vain. */
    private static final int STEP = 1024;

    private boolean partial;
    private int searched;
    private int copied;

    /** Forgets the last head. */
    void clear() {
        partial = false;
        searched = 0;
        copied = 0;
    }

    /** Whether some bytes of a head have come. */
    boolean begun() {
        return partial || copied > 0;
    }

    /** Moves up to {@link #STEP} bytes of {@code in} behind what is there already. */
    boolean copy(ByteBuf in, Fields fields) {
        int room = HeadScanner.MAX_HEAD_BYTES - fields.length();
        int count = Math.min(Math.min(in.readableBytes(), room), STEP);
        if (count <= 0) {
            return false;
        }
        fields.ensureRoom(count);
        in.readBytes(fields.bytes(), fields.length(), count);
        fields.length(fields.length() + count);
        copied = count;
        return true;
    }

    /** Whether it is worth scanning: always the first time, later once the empty line is there. */
    boolean worthScanning(Fields fields) {
        if (!partial) {
            partial = true;
            searched = Math.max(0, fields.length() - 3);
            return true;
        }
        byte[] b = fields.bytes();
        int end = fields.length();
        for (int i = searched; i < end; i++) {
            if (b[i] == '\n') {
                // A bare LF or an empty line: the scanner will say which.
                if (i == 0 || b[i - 1] != '\r' || (i >= 3 && b[i - 2] == '\n')) {
                    searched = i + 1;
                    return true;
                }
            }
        }
        searched = end;
        return false;
    }

    /** Gives back to {@code in} what was copied but lies behind the head's end. */
    void giveBack(ByteBuf in, Fields fields, int headEnd) {
        in.readerIndex(in.readerIndex() - (fields.length() - headEnd));
        fields.length(headEnd);
    }
}

package io.lateen.sidecar.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of one message after another, however it is delimited (RFC 9112 §6.3). One per
 * connection.
 */
final class MessageBody {
    private enum Kind {
        NONE,
        FIXED,
        CHUNKED,
        UNTIL_CLOSE
    }

    private final ChunkedBody chunks;
    private Kind kind = Kind.NONE;
    private long remaining;

    MessageBody(HeadScanner scanner) {
        chunks = new ChunkedBody(scanner);
    }

    /** The next message has no body. */
    void none() {
        kind = Kind.NONE;
    }

    /** The next message has exactly so many bytes. */
    void fixed(long length) {
        kind = length == 0 ? Kind.NONE : Kind.FIXED;
        remaining = length;
    }

    /** The next message is chunked; passed on with its framing or without. */
    void chunked(boolean withFraming) {
        kind = Kind.CHUNKED;
        chunks.begin(withFraming);
    }

    /** The next message ends with its connection. */
    void untilClose() {
        kind = Kind.UNTIL_CLOSE;
    }

    /** Whether the body is complete. */
    boolean done() {
        return switch (kind) {
            case NONE -> true;
            case FIXED -> remaining == 0;
            case CHUNKED -> chunks.done();
            case UNTIL_CLOSE -> false;
        };
    }

    /** Whether the end of the connection is the end of this body. */
    boolean endsWithConnection() {
        return kind == Kind.UNTIL_CLOSE;
    }

    /**
     * Reads what there is; bytes behind the body's end stay in {@code in}, which the caller still
     * owns.
     *
     * @return what is wrong, or null
     */
    @Nullable String read(ByteBuf in, BodySink sink) {
        switch (kind) {
            case FIXED -> {
                int part = (int) Math.min(remaining, in.readableBytes());
                remaining -= part;
                sink.data(in.readRetainedSlice(part), part, remaining == 0);
            }
            case UNTIL_CLOSE -> {
                int part = in.readableBytes();
                sink.data(in.readRetainedSlice(part), part, false);
            }
            case CHUNKED -> {
                return chunks.read(in, sink);
            }
            case NONE -> sink.data(Unpooled.EMPTY_BUFFER, 0, true);
        }
        return null;
    }
}

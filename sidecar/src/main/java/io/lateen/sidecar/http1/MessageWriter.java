package io.lateen.sidecar.http1;

import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.ResponseHead;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes messages to a connection: heads as copies of ranges, bodies as the buffers that came.
 *
 * <p>A head is held back until the flush that follows, and a small body is copied in behind it, so
 * that a small message is one buffer and one system call. One per connection.
 */
final class MessageWriter {
    /** Bodies up to this size are copied behind their head rather than sent as a second buffer. */
    private static final int SMALL = 2048;

    private static final byte[] VERSION = ResponseHead.bytes(" HTTP/1.1\r\n");
    private static final byte[] STATUS_LINE = ResponseHead.bytes("HTTP/1.1 ");
    private static final byte[] CHUNKED = ResponseHead.bytes("chunked");
    private static final byte[] LAST_CHUNK = ResponseHead.bytes("0\r\n");
    private static final int CRLF = ('\r' << 8) | '\n';

    private enum Framing {
        /** Bytes go out as they are given. */
        PLAIN,
        /** Bytes are given with their chunk framing. */
        FRAMED,
        /** Each piece becomes a chunk. */
        CHUNKING
    }

    private final Channel channel;
    private @Nullable ByteBuf held;
    private Framing framing = Framing.PLAIN;
    private boolean dirty;

    MessageWriter(Channel channel) {
        this.channel = channel;
    }

    /** Writes a request's head; {@link RequestHead#bodyLength} decides how its body is framed. */
    void request(RequestHead head, boolean chunksComeFramed) {
        Fields fields = head.fields();
        frame(fields, head.bodyLength(), chunksComeFramed);
        ByteBuf out = hold(fields.sizeHint() + head.targetEnd() - head.pathStart() + 64);
        ByteBufUtil.writeAscii(out, head.method());
        out.writeByte(' ');
        head.writeTarget(out);
        out.writeBytes(VERSION);
        fields.writeTo(out);
        out.writeShort(CRLF);
    }

    /** Writes a response's head for a client that knows chunks. */
    void response(ResponseHead head, boolean bodyFollows, boolean chunksComeFramed) {
        Fields fields = head.fields();
        if (bodyFollows) {
            frame(fields, head.bodyLength(), chunksComeFramed);
        } else {
            framing = Framing.PLAIN;
        }
        writeResponse(head);
    }

    /** Writes a response's head whose body ends with the connection. */
    void responseUntilClose(ResponseHead head) {
        head.fields().remove(HeaderName.TRANSFER_ENCODING);
        framing = Framing.PLAIN;
        writeResponse(head);
    }

    private void writeResponse(ResponseHead head) {
        Fields fields = head.fields();
        ByteBuf out = hold(fields.sizeHint() + 64);
        out.writeBytes(STATUS_LINE);
        int status = head.status();
        out.writeByte('0' + status / 100);
        out.writeByte('0' + status / 10 % 10);
        out.writeByte('0' + status % 10);
        out.writeByte(' ');
        if (head.hasReason()) {
            int from = head.reasonStart();
            out.writeBytes(fields.bytes(), from, head.reasonEnd() - from);
        } else {
            ByteBufUtil.writeAscii(out, Reasons.of(status));
        }
        out.writeShort(CRLF);
        fields.writeTo(out);
        out.writeShort(CRLF);
    }

    /** Writes a piece of a body and takes ownership of it. */
    void body(ByteBuf data, boolean end) {
        switch (framing) {
            case PLAIN, FRAMED -> write(data);
            case CHUNKING -> {
                chunk(data);
                if (end) {
                    bytes(LAST_CHUNK);
                    bytes(new byte[] {'\r', '\n'});
                }
            }
        }
    }

    /** Ends a chunked body with trailers. */
    void trailers(Fields trailers) {
        if (framing == Framing.PLAIN) {
            return;
        }
        ByteBuf out = hold(trailers.sizeHint() + 8);
        if (framing == Framing.CHUNKING) {
            out.writeBytes(LAST_CHUNK);
        }
        trailers.writeTo(out);
        out.writeShort(CRLF);
    }

    /** Whether there is something to flush. */
    boolean dirty() {
        return dirty;
    }

    /** Sends what was written. */
    void flush() {
        if (!dirty) {
            return;
        }
        dirty = false;
        release();
        channel.flush();
    }

    /** Drops what was held back: the connection is gone. */
    void discard() {
        ByteBuf out = held;
        held = null;
        dirty = false;
        if (out != null) {
            out.release();
        }
    }

    /** Whether more may be written without growing the queue. */
    boolean writable() {
        return channel.isWritable();
    }

    private void frame(Fields fields, long length, boolean chunksComeFramed) {
        if (length >= 0) {
            framing = Framing.PLAIN;
        } else {
            framing = chunksComeFramed ? Framing.FRAMED : Framing.CHUNKING;
            if (!fields.has(HeaderName.TRANSFER_ENCODING)) {
                fields.add(HeaderName.TRANSFER_ENCODING, CHUNKED);
            }
        }
    }

    private void chunk(ByteBuf data) {
        int size = data.readableBytes();
        if (size == 0) {
            data.release();
            return;
        }
        bytes((Integer.toHexString(size) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        write(data);
        bytes(new byte[] {'\r', '\n'});
    }

    private void bytes(byte[] data) {
        hold(data.length).writeBytes(data);
    }

    private void write(ByteBuf data) {
        int size = data.readableBytes();
        if (size == 0) {
            data.release();
            return;
        }
        dirty = true;
        ByteBuf out = held;
        if (out != null && size <= SMALL && size <= out.maxWritableBytes()) {
            out.writeBytes(data);
            data.release();
            return;
        }
        release();
        var _ = channel.write(data, channel.voidPromise());
    }

    private ByteBuf hold(int size) {
        dirty = true;
        ByteBuf out = held;
        if (out == null) {
            out = channel.alloc().directBuffer(size + SMALL);
            held = out;
        }
        return out;
    }

    private void release() {
        ByteBuf out = held;
        if (out != null) {
            held = null;
            var _ = channel.write(out, channel.voidPromise());
        }
    }
}

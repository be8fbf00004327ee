package io.lateen.sidecar.http1;

import io.lateen.sidecar.exchange.Fields;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.Trailers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Reads a chunked body (RFC 9112 §7.1), strictly, and passes it on with or without its framing.
 *
 * <p>With framing, bytes go on as they came: only chunk extensions are left out, which concern this
 * hop alone. Nothing is passed on that has not been checked. One per connection.
 */
final class ChunkedBody {
    private static final int MAX_EXTENSION = 1024;
    private static final int MAX_TRAILERS = 16 * 1024;

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILERS,
        DONE
    }

    private final HeadScanner scanner;
    private State state = State.SIZE;
    private boolean framed;
    private long size;
    private int digits;
    private int extension;
    // What of the buffer at hand is to be passed on and has not been yet; -1 for nothing.
    private int from;
    private int content;
    private @Nullable Fields trailers;

    ChunkedBody(HeadScanner scanner) {
        this.scanner = scanner;
    }

    /** Begins a body; {@code withFraming} says whether it is passed on with its framing. */
    void begin(boolean withFraming) {
        state = State.SIZE;
        framed = withFraming;
        size = 0;
        digits = 0;
        trailers = null;
    }

    /** Whether the whole body has been read. */
    boolean done() {
        return state == State.DONE;
    }

    /**
     * Reads what there is of the body; bytes behind its end stay in {@code in}.
     *
     * @return what is wrong, or null
     */
    @Nullable String read(ByteBuf in, BodySink sink) {
        boolean passed = framed ? state != State.EXTENSION : state == State.DATA;
        from = passed ? in.readerIndex() : -1;
        content = 0;
        String fault = null;
        while (fault == null && in.isReadable() && state != State.DONE) {
            switch (state) {
                case DATA -> data(in, sink);
                case TRAILERS -> {
                    return trailers(in, sink);
                }
                case SIZE, EXTENSION, SIZE_LF, DATA_CR, DATA_LF -> fault = framing(in, sink);
                case DONE -> throw new IllegalStateException("a body is read behind its end");
            }
        }
        emit(in, in.readerIndex(), sink, false);
        return fault;
    }

    private void data(ByteBuf in, BodySink sink) {
        int part = (int) Math.min(size, in.readableBytes());
        in.skipBytes(part);
        content += part;
        size -= part;
        if (size == 0) {
            state = State.DATA_CR;
            if (!framed) {
                emit(in, in.readerIndex(), sink, false);
                from = -1;
            }
        }
    }

    private @Nullable String framing(ByteBuf in, BodySink sink) {
        int at = in.readerIndex();
        byte c = in.getByte(at);
        String fault =
                switch (state) {
                    case SIZE -> size(c, in, sink);
                    case EXTENSION -> extension(c, at);
                    case SIZE_LF -> sizeEnd(c, at);
                    case DATA_CR -> expect(c, '\r', State.DATA_LF, "a chunk longer than its size");
                    case DATA_LF ->
                            expect(c, '\n', State.SIZE, "a chunk that does not end in CRLF");
                    case DATA, TRAILERS, DONE -> throw new IllegalStateException(state.name());
                };
        // A byte that is wrong stays where it is, so it is not passed on.
        if (fault == null) {
            in.readerIndex(at + 1);
        }
        return fault;
    }

    private @Nullable String size(byte c, ByteBuf in, BodySink sink) {
        int digit = c < 0 ? -1 : Character.digit(c, 16);
        if (digit >= 0) {
            size = (size << 4) | digit;
            return ++digits > 15 ? "a chunk size of more than 15 digits" : null;
        }
        if (digits == 0) {
            return "a chunk without a size";
        }
        if (c == '\r') {
            state = State.SIZE_LF;
            return null;
        }
        if (c == ';') {
            state = State.EXTENSION;
            extension = 0;
            emit(in, in.readerIndex(), sink, false);
            from = -1;
            return null;
        }
        return "a chunk size that is not a hexadecimal number";
    }

    private @Nullable String extension(byte c, int at) {
        if (c == '\r') {
            state = State.SIZE_LF;
            from = framed ? at : -1;
            return null;
        }
        if ((c < ' ' && c >= 0 && c != '\t') || c == 127) {
            return "a control character in a chunk extension";
        }
        return ++extension > MAX_EXTENSION ? "a chunk extension of more than 1024 bytes" : null;
    }

    private @Nullable String sizeEnd(byte c, int at) {
        if (c != '\n') {
            return "a chunk size that does not end in CRLF";
        }
        digits = 0;
        state = size == 0 ? State.TRAILERS : State.DATA;
        if (!framed && state == State.DATA) {
            from = at + 1;
        }
        return null;
    }

    private @Nullable String expect(byte c, char expected, State next, String fault) {
        if (c != expected) {
            return fault;
        }
        state = next;
        return null;
    }

    private @Nullable String trailers(ByteBuf in, BodySink sink) {
        Fields fields = trailers;
        if (fields == null) {
            int at = in.readerIndex();
            if (in.readableBytes() >= 2 && in.getShort(at) == (('\r' << 8) | '\n')) {
                in.skipBytes(2);
                state = State.DONE;
                emit(in, framed ? at + 2 : at, sink, true);
                return null;
            }
            emit(in, at, sink, false);
            fields = new Fields(512);
            trailers = fields;
        }
        int before = fields.length();
        int copied = Math.min(in.readableBytes(), MAX_TRAILERS - before);
        fields.ensureRoom(copied);
        in.readBytes(fields.bytes(), before, copied);
        fields.length(before + copied);
        fields.clearMarks();
        int end = scanner.lines(fields, 0, fields.length());
        if (end == HeadScanner.INCOMPLETE) {
            return copied == 0 ? "trailers of more than 16384 bytes" : null;
        }
        if (end < 0) {
            return scanner.reason();
        }
        in.readerIndex(in.readerIndex() - (fields.length() - end));
        fields.length(end);
        HeaderName forbidden = Trailers.forbidden(fields);
        if (forbidden != null) {
            return "a trailer that may not be one: " + forbidden;
        }
        state = State.DONE;
        if (fields.count() == 0 && !framed) {
            sink.data(Unpooled.EMPTY_BUFFER, 0, true);
        } else {
            sink.trailers(fields);
        }
        return null;
    }

    private void emit(ByteBuf in, int to, BodySink sink, boolean end) {
        int start = from;
        int count = content;
        from = to;
        content = 0;
        if (start >= 0 && to > start) {
            sink.data(in.retainedSlice(start, to - start), count, end);
        } else if (end) {
            sink.data(Unpooled.EMPTY_BUFFER, 0, true);
        }
    }
}

package io.lateen.sidecar.http2;

import io.lateen.sidecar.exchange.Fields;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What comes in on one stream, held back while nobody takes it. The peer's window opens again only
 * as far as something was taken, so at most one window of it is ever held.
 */
final class Inflow {
    /** Who takes what comes. */
    interface Sink {
        /** A piece of the body, owned by the sink from now on. */
        void data(ByteBuf data, boolean end);

        /** The end, with trailers. */
        void trailers(Fields trailers);
    }

    /** Frames up to this size are put together while they are held back. */
    private static final int SMALL = 1024;

    /** Into buffers of this size at most. */
    private static final int TOGETHER = 16 * 1024;

    /** What is held back: a frame's data, or that of several small ones. */
    private static final class Piece {
        private final ByteBuf data;
        private final boolean together;
        private int window;
        private boolean end;

        private Piece(ByteBuf data, boolean together, int window, boolean end) {
            this.data = data;
            this.together = together;
            this.window = window;
            this.end = end;
        }
    }

    private final FrameLink link;
    private final int stream;
    private final Sink sink;
    private final ArrayDeque<Piece> held = new ArrayDeque<>(2);
    private @Nullable Fields trailers;
    private boolean open;
    private boolean running;
    private boolean dropped;

    Inflow(FrameLink link, int stream, Sink sink) {
        this.link = link;
        this.stream = stream;
        this.sink = sink;
    }

    /**
     * Takes a frame's data, which the caller keeps.
     *
     * @return how much of the window is free again at once
     */
    int frame(ByteBuf data, int padding, boolean end) {
        int window = data.readableBytes() + padding;
        if (dropped) {
            return window;
        }
        if (open && held.isEmpty() && !running) {
            sink.data(data.retain(), end);
            return window;
        }
        hold(data, window, end);
        return 0;
    }

    // A frame of one byte would keep the whole buffer that it was read into.
    private void hold(ByteBuf data, int window, boolean end) {
        int size = data.readableBytes();
        Piece last = held.peekLast();
        if (last != null
                && (size == 0
                        || (last.together
                                && size <= SMALL
                                && size <= last.data.maxWritableBytes()))) {
            last.data.writeBytes(data, data.readerIndex(), size);
            last.window += window;
            last.end |= end;
        } else if (size <= SMALL) {
            ByteBuf own = link.channel().alloc().buffer(size, TOGETHER);
            own.writeBytes(data, data.readerIndex(), size);
            held.add(new Piece(own, true, window, end));
        } else {
            held.add(new Piece(data.retain(), false, window, end));
        }
    }

    /** Takes trailers, behind all data. */
    void trailers(Fields fields) {
        if (open && held.isEmpty() && !running) {
            sink.trailers(fields);
        } else {
            trailers = fields;
        }
    }

    /** Lets what comes through, or holds it back. */
    void open(boolean on) {
        open = on;
        if (running) {
            return;
        }
        running = true;
        while (open && !dropped) {
            Piece piece = held.poll();
            if (piece == null) {
                break;
            }
            link.used(stream, piece.window);
            sink.data(piece.data, piece.end);
        }
        running = false;
        Fields last = trailers;
        if (open && held.isEmpty() && last != null && !dropped) {
            trailers = null;
            sink.trailers(last);
        }
    }

    /** Whether its end has come and is only held back. */
    boolean endsByItself() {
        Piece last = held.peekLast();
        return !dropped && (trailers != null || (last != null && last.end));
    }

    /** Nobody wants it any more: what comes is dropped, and does not block other streams. */
    void drop() {
        dropped = true;
        for (Piece piece = held.poll(); piece != null; piece = held.poll()) {
            link.used(stream, piece.window);
            piece.data.release();
        }
    }
}

package io.lateen.sidecar.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's frames and refuses HEADERS on a stream that the client had ended, or had passed
 * over (RFC 9113 §5.1 and §5.1.1): Netty's decoder has forgotten by then which it was, and answers
 * both as a stream that somebody reset.
 *
 * <p>Only what is known for certain ends a connection: the last streams that the client ended, and
 * the last ids that it passed over. HEADERS that cross a reset of ours do not.
 */
final class OrderedFrames implements Http2FrameReader {
    /** How many ended streams are remembered; a power of two. */
    private static final int REMEMBERED = 16;

    private final Http2FrameReader frames;
    private final Http2Connection connection;
    private final int[] ended = new int[REMEMBERED];
    private int endings;
    private int highest;
    private int skippedFrom;
    private int skippedTo;
    private @Nullable Checks checks;
    private @Nullable Http2FrameListener checked;

    OrderedFrames(Http2FrameReader frames, Http2Connection connection) {
        this.frames = frames;
        this.connection = connection;
    }

    @Override
    public void readFrame(ChannelHandlerContext context, ByteBuf input, Http2FrameListener listener)
            throws Http2Exception {
        // The decoder hands over the same listener, but for the preface.
        Checks current = checks;
        if (current == null || !listener.equals(checked)) {
            current = new Checks(listener);
            checks = current;
            checked = listener;
        }
        frames.readFrame(context, input, current);
    }

    @Override
    public Configuration configuration() {
        return frames.configuration();
    }

    @Override
    public void close() {
        frames.close();
    }

    private void check(int id, boolean end) throws Http2Exception {
        Http2Stream stream = connection.stream(id);
        if (stream != null) {
            if (stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE) {
                throw Http2Exception.streamError(
                        id, Http2Error.STREAM_CLOSED, "HEADERS on a stream that its client ended");
            }
        } else if (id <= highest) {
            checkGone(id);
        } else {
            if (id > highest + 2) {
                skippedFrom = highest;
                skippedTo = id;
            }
            highest = id;
        }
        if (end) {
            end(id);
        }
    }

    private void checkGone(int id) throws Http2Exception {
        for (int each : ended) {
            if (each == id) {
                throw Http2Exception.connectionError(
                        Http2Error.STREAM_CLOSED, "HEADERS on a stream that its client ended");
            }
        }
        if (id > skippedFrom && id < skippedTo) {
            throw Http2Exception.connectionError(
                    Http2Error.PROTOCOL_ERROR, "a stream's id is lower than the one before");
        }
    }

    private void end(int id) {
        ended[endings++ & (REMEMBERED - 1)] = id;
    }

    private final class Checks extends Http2FrameListenerDecorator {
        Checks(Http2FrameListener listener) {
            super(listener);
        }

        @Override
        public int onDataRead(
                ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean end)
                throws Http2Exception {
            if (end) {
                end(id);
            }
            return super.onDataRead(context, id, data, padding, end);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int id,
                Http2Headers headers,
                int padding,
                boolean end)
                throws Http2Exception {
            check(id, end);
            super.onHeadersRead(context, id, headers, padding, end);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int id,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean end)
                throws Http2Exception {
            check(id, end);
            super.onHeadersRead(context, id, headers, dependency, weight, exclusive, padding, end);
        }
    }
}

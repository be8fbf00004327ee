package io.lateen.sidecar.http2;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a client's frames and refuses HEADERS on a stream that the client had ended, or had passed
 * over (RFC 9113 §5.1 and §5.1.1): Netty's decoder has forgotten by then which it was, and answers
 * both as a stream that somebody reset.
 *
 * <p>Bounds how often a client may send what costs nothing to send and changes nothing: PING,
 * SETTINGS, PRIORITY and frames of no known type.
 *
 * <p>Only what is known for certain ends a connection: the last streams that the client ended, and
 * the last ids that it passed over. HEADERS that cross a reset of ours do not.
 */
final class OrderedFrames implements Http2FrameReader {
    /** How many ended streams are remembered; a power of two. */
    private static final int REMEMBERED = 16;

    /** More in a second than any client sends that measures its line by PING (gRPC does). */
    private static final int MOST_PER_SECOND = 10_000;

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Http2FrameReader frames;
    private final Http2Connection connection;
    private final int[] ended = new int[REMEMBERED];
    private final LongSupplier nanos;
    private int endings;
    private int idle;
    private long idleSince;
    private int highest;
    private int skippedFrom;
    private int skippedTo;
    private @Nullable Checks checks;
    private @Nullable Http2FrameListener checked;

    OrderedFrames(Http2FrameReader frames, Http2Connection connection, LongSupplier nanos) {
        this.frames = frames;
        this.connection = connection;
        this.nanos = nanos;
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

    private void idle() throws Http2Exception {
        if (idle++ == 0) {
            idleSince = nanos.getAsLong();
        } else if (idle > MOST_PER_SECOND) {
            if (nanos.getAsLong() - idleSince < SECOND) {
                throw Http2Exception.connectionError(
                        Http2Error.ENHANCE_YOUR_CALM,
                        "more than %s frames in a second that carry nothing",
                        MOST_PER_SECOND);
            }
            idle = 0;
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
        public void onPingRead(ChannelHandlerContext context, long data) throws Http2Exception {
            idle();
            super.onPingRead(context, data);
        }

        @Override
        public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings)
                throws Http2Exception {
            idle();
            super.onSettingsRead(context, settings);
        }

        @Override
        public void onPriorityRead(
                ChannelHandlerContext context,
                int id,
                int dependency,
                short weight,
                boolean exclusive)
                throws Http2Exception {
            idle();
            super.onPriorityRead(context, id, dependency, weight, exclusive);
        }

        @Override
        public void onUnknownFrame(
                ChannelHandlerContext context, byte type, int id, Http2Flags flags, ByteBuf payload)
                throws Http2Exception {
            idle();
            super.onUnknownFrame(context, type, id, flags, payload);
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

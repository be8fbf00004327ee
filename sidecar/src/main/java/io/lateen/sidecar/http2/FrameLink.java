package io.lateen.sidecar.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.DefaultHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection's frames: Netty's handler with our limits, and the few calls on it that sessions
 * need. Streams of ended or unknown ids are passed over in silence: they may end at any time.
 */
final class FrameLink {
    private static final Logger log = LoggerFactory.getLogger(FrameLink.class);

    /** What one stream may hold in our buffers before we take more of it. */
    static final int STREAM_WINDOW = 256 * 1024;

    /** What all streams of a connection together may hold. */
    private static final int CONNECTION_WINDOW = 1024 * 1024;

    private static final int MAX_HEADER_BYTES = 60 * 1024;
    private static final int MAX_RESETS = 200;
    private static final int RESET_SECONDS = 30;

    /** Whoever closes sets the limit, and then closes at once; this is the longest there is. */
    private static final long GRACE_MILLIS = 3_600_000;

    private final Http2ConnectionHandler handler;
    private final Http2Connection.PropertyKey key;
    private final Channel channel;
    private final ChannelHandlerContext context;

    private FrameLink(Channel channel, Http2ConnectionHandler handler) {
        this.channel = channel;
        this.handler = handler;
        this.context = channel.pipeline().context(handler);
        this.key = handler.connection().newKey();
    }

    /** Puts the frame handler into a pipeline; {@code events} hears what comes by {@code nanos}. */
    static FrameLink install(
            Channel channel,
            boolean server,
            int maxStreams,
            Http2EventAdapter events,
            LongSupplier nanos) {
        DefaultHttp2Connection connection = new DefaultHttp2Connection(server);
        Http2Settings settings =
                Http2Settings.defaultSettings()
                        .initialWindowSize(STREAM_WINDOW)
                        .maxHeaderListSize(MAX_HEADER_BYTES);
        if (server) {
            settings.maxConcurrentStreams(maxStreams);
        } else {
            settings.pushEnabled(false);
            connection.local().maxActiveStreams(maxStreams);
        }
        // Priorities are no more (RFC 9113 §5.3): streams take turns.
        connection
                .remote()
                .flowController(
                        new DefaultHttp2RemoteFlowController(
                                connection, new UniformStreamByteDistributor(connection)));
        Http2ConnectionEncoder encoder =
                new ControlFrameLimit(
                        new DefaultHttp2ConnectionEncoder(
                                connection, new DefaultHttp2FrameWriter()),
                        nanos);
        Http2FrameReader frames = new DefaultHttp2FrameReader(new HeaderListDecoder());
        Http2ConnectionDecoder decoder =
                new DefaultHttp2ConnectionDecoder(
                        connection,
                        encoder,
                        server ? new OrderedFrames(frames, connection, nanos) : frames);
        Http2ConnectionHandler handler =
                new Http2ConnectionHandlerBuilder()
                        .frameListener(events)
                        .initialSettings(settings)
                        .decoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESET_SECONDS)
                        .encoderEnforceMaxRstFramesPerWindow(MAX_RESETS, RESET_SECONDS)
                        .codec(decoder, encoder)
                        .gracefulShutdownTimeoutMillis(GRACE_MILLIS)
                        .build();
        connection.addListener(events);
        channel.pipeline().addLast(handler);
        FrameLink link = new FrameLink(channel, handler);
        link.widen();
        return link;
    }

    Channel channel() {
        return channel;
    }

    Http2Connection connection() {
        return handler.connection();
    }

    /** Where a session keeps its own object of a stream. */
    Http2Connection.PropertyKey key() {
        return key;
    }

    /** The connection began as HTTP/1.1, and its first stream is a request that came so. */
    void upgraded(Http2Settings settings) throws Http2Exception {
        handler.onHttpServerUpgrade(settings);
    }

    void headers(int stream, Http2Headers headers, boolean end) {
        var _ = send(stream, headers, end);
    }

    private ChannelFuture send(int stream, Http2Headers headers, boolean end) {
        return exists(stream)
                ? handler.encoder().writeHeaders(context(), stream, headers, 0, end, promise())
                : channel.newSucceededFuture();
    }

    /** Sends the last head of a stream and, when it is on its way, resets the stream. */
    void lastHeaders(int stream, Http2Headers headers, boolean end, long code) {
        resetAfter(send(stream, headers, end), stream, code);
    }

    /**
     * Opens a stream of ours.
     *
     * @return why it could not be opened: headers of a size that the peer does not take
     */
    @Nullable Throwable open(int stream, Http2Headers headers, boolean end) {
        return handler.encoder()
                .writeHeaders(context(), stream, headers, 0, end, promise())
                .cause();
    }

    void data(int stream, ByteBuf data, boolean end) {
        var _ = send(stream, data, end);
    }

    private ChannelFuture send(int stream, ByteBuf data, boolean end) {
        if (exists(stream)) {
            return handler.encoder().writeData(context(), stream, data, 0, end, promise());
        }
        data.release();
        return channel.newSucceededFuture();
    }

    /** Sends the last data of a stream and, when all of it is on its way, resets the stream. */
    void lastData(int stream, ByteBuf data, boolean end, long code) {
        resetAfter(send(stream, data, end), stream, code);
    }

    // A reset drops what still waits for the peer's window.
    private void resetAfter(ChannelFuture last, int stream, long code) {
        var _ =
                last.addListener(
                        _ -> {
                            reset(stream, code);
                            flush();
                        });
    }

    void reset(int stream, long code) {
        if (exists(stream) && channel.isActive()) {
            var _ = handler.resetStream(context(), stream, code, promise());
        }
    }

    /** Asks the other side whether it is there. */
    void ping(long payload) {
        if (channel.isActive()) {
            var _ = handler.encoder().writePing(context(), false, payload, promise());
            flush();
        }
    }

    /** Says that no further stream is wanted, without ending those that are there. */
    void announceEnd() {
        if (channel.isActive()) {
            var _ =
                    handler.goAway(
                            context(), Integer.MAX_VALUE, 0, Unpooled.EMPTY_BUFFER, promise());
            flush();
        }
    }

    /** Ends when the streams have ended. */
    void closeGracefully() {
        if (channel.isActive()) {
            var _ = channel.close();
        }
    }

    /** Ends now. */
    void closeNow() {
        handler.gracefulShutdownTimeoutMillis(0);
        var _ = channel.close();
    }

    void flush() {
        if (channel.isActive()) {
            handler.flush(context());
        }
    }

    boolean writable(int stream) {
        Http2Stream found = connection().stream(stream);
        return found != null
                && connection().remote().flowController().isWritable(found)
                && channel.isWritable();
    }

    /** Gives back what was used of a stream's window. */
    void used(int stream, int bytes) {
        Http2Stream found = connection().stream(stream);
        if (found == null || bytes == 0) {
            return;
        }
        try {
            connection().local().flowController().consumeBytes(found, bytes);
        } catch (Http2Exception e) {
            log.error("the windows of a connection are out of step", e);
            closeNow();
        }
    }

    private boolean exists(int stream) {
        return connection().stream(stream) != null;
    }

    private ChannelHandlerContext context() {
        return context;
    }

    /** Reads header lists into our own. */
    private static final class HeaderListDecoder extends DefaultHttp2HeadersDecoder {
        HeaderListDecoder() {
            super(true, MAX_HEADER_BYTES);
        }

        @Override
        protected Http2Headers newHeaders() {
            return new HeaderList(numberOfHeadersGuess());
        }
    }

    private io.netty.channel.ChannelPromise promise() {
        return channel.newPromise();
    }

    private void widen() {
        try {
            connection()
                    .local()
                    .flowController()
                    .incrementWindowSize(
                            connection().connectionStream(), CONNECTION_WINDOW - 65_535);
        } catch (Http2Exception e) {
            throw new IllegalStateException("a fresh connection refuses a larger window", e);
        }
    }
}

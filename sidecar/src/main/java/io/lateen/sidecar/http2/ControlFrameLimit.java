package io.lateen.sidecar.http2;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DecoratingHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2LifecycleManager;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the answers that a peer makes us queue without reading them: acknowledgements of PING and
 * SETTINGS, and resets. A peer that floods is told so and left (RFC 9113 §10.5).
 */
final class ControlFrameLimit extends DecoratingHttp2ConnectionEncoder {
    /** Answers on their way at a time; a peer that reads needs a handful. */
    private static final int MOST = 10_000;

    private @Nullable Http2LifecycleManager lifecycle;
    private int queued;
    private boolean left;

    ControlFrameLimit(Http2ConnectionEncoder encoder) {
        super(encoder);
    }

    @Override
    public void lifecycleManager(Http2LifecycleManager manager) {
        lifecycle = manager;
        super.lifecycleManager(manager);
    }

    @Override
    public ChannelFuture writeSettingsAck(ChannelHandlerContext context, ChannelPromise promise) {
        return super.writeSettingsAck(context, counted(context, promise));
    }

    @Override
    public ChannelFuture writePing(
            ChannelHandlerContext context, boolean ack, long data, ChannelPromise promise) {
        return super.writePing(context, ack, data, ack ? counted(context, promise) : promise);
    }

    @Override
    public ChannelFuture writeRstStream(
            ChannelHandlerContext context, int stream, long code, ChannelPromise promise) {
        return super.writeRstStream(context, stream, code, counted(context, promise));
    }

    private ChannelPromise counted(ChannelHandlerContext context, ChannelPromise promise) {
        queued++;
        if (queued > MOST && !left && lifecycle != null) {
            left = true;
            Http2Exception flood =
                    Http2Exception.connectionError(
                            Http2Error.ENHANCE_YOUR_CALM,
                            "more than %s answers wait for the peer to read them",
                            MOST);
            lifecycle.onError(context, true, flood);
            var _ = context.close();
        }
        ChannelPromise counted = promise.unvoid();
        var _ = counted.addListener(done -> queued--);
        return counted;
    }
}

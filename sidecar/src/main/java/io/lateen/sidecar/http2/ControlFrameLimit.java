package io.lateen.sidecar.http2;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DecoratingHttp2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2LifecycleManager;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how often a peer may break a stream's rules, so that we reset it: each of its streams has
 * cost a request by then ("MadeYouReset"). Netty counts resets of the peer's own; ours that are no
 * fault of the peer, of an endpoint that breaks off say, are not counted.
 *
 * <p>Bounds the answers that a peer makes us queue without reading them: acknowledgements of PING
 * and SETTINGS, and resets. A peer that floods is told so and left (RFC 9113 §10.5).
 */
final class ControlFrameLimit extends DecoratingHttp2ConnectionEncoder {
    /** Answers on their way at a time; a peer that reads needs a handful. */
    private static final int MOST = 10_000;

    private static final int MOST_FAULTS = 200;
    private static final long FAULTS_NANOS = TimeUnit.SECONDS.toNanos(30);

    private @Nullable Http2LifecycleManager lifecycle;
    private final LongSupplier nanos;
    private int queued;
    private int faults;
    private long faultsSince;
    private boolean left;

    ControlFrameLimit(Http2ConnectionEncoder encoder, LongSupplier nanos) {
        super(encoder);
        this.nanos = nanos;
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
        if (isFault(code)) {
            fault(context);
        }
        return super.writeRstStream(context, stream, code, counted(context, promise));
    }

    private static boolean isFault(long code) {
        return code == Http2Error.PROTOCOL_ERROR.code()
                || code == Http2Error.FLOW_CONTROL_ERROR.code()
                || code == Http2Error.STREAM_CLOSED.code()
                || code == Http2Error.FRAME_SIZE_ERROR.code()
                || code == Http2Error.COMPRESSION_ERROR.code();
    }

    private void fault(ChannelHandlerContext context) {
        long now = nanos.getAsLong();
        if (faults == 0 || now - faultsSince > FAULTS_NANOS) {
            faults = 0;
            faultsSince = now;
        }
        if (++faults > MOST_FAULTS) {
            leave(
                    context,
                    Http2Exception.connectionError(
                            Http2Error.ENHANCE_YOUR_CALM,
                            "more than %s streams with errors of the peer's",
                            MOST_FAULTS));
        }
    }

    private void leave(ChannelHandlerContext context, Http2Exception why) {
        if (!left && lifecycle != null) {
            left = true;
            lifecycle.onError(context, true, why);
            var _ = context.close();
        }
    }

    private ChannelPromise counted(ChannelHandlerContext context, ChannelPromise promise) {
        queued++;
        if (queued > MOST) {
            leave(
                    context,
                    Http2Exception.connectionError(
                            Http2Error.ENHANCE_YOUR_CALM,
                            "more than %s answers wait for the peer to read them",
                            MOST));
        }
        ChannelPromise counted = promise.unvoid();
        var _ = counted.addListener(done -> queued--);
        return counted;
    }
}

package io.lateen.sidecar.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One side of a carried connection: passes on what it reads, and reads only while the other side
 * takes it. The end of one direction becomes the end of the same direction on the other side.
 */
final class Pump extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(Pump.class);

    private final Channel channel;
    private final Consumer<ByteBuf> sink;
    private final Runnable done;
    private final Runnable moved;
    private @Nullable Channel other;
    private boolean inputOver;
    private boolean outputOver;

    Pump(Channel channel, Consumer<ByteBuf> sink, Runnable done, Runnable moved) {
        this.channel = channel;
        this.sink = sink;
        this.done = done;
        this.moved = moved;
    }

    /** The other side is there: reading may begin. */
    void joinTo(Channel peer) {
        other = peer;
        if (inputOver) {
            endOutput(peer);
        }
        channel.config().setAutoRead(peer.isWritable());
    }

    /** Sends bytes that the other side read; flushed when it has read all there is. */
    void write(ByteBuf data) {
        var _ = channel.write(data, channel.voidPromise());
    }

    void closeWhenWritten() {
        if (channel.isActive()) {
            var _ =
                    channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                            .addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        sink.accept((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        moved.run();
        Channel peer = other;
        if (peer != null) {
            peer.flush();
            if (!peer.isWritable()) {
                channel.config().setAutoRead(false);
            }
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        Channel peer = other;
        if (peer != null && peer.config().isAutoRead() != channel.isWritable()) {
            peer.config().setAutoRead(channel.isWritable());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        // The end of the stream, or before it the other side's word that nothing more comes.
        if (event == ChannelInputShutdownEvent.INSTANCE
                || event == SslCloseCompletionEvent.SUCCESS) {
            inputEnded();
        }
    }

    /** Nothing more comes from this side. */
    void inputEnded() {
        inputOver = true;
        Channel peer = other;
        if (peer != null) {
            endOutput(peer);
        }
    }

    // After everything that was written: a shut down output drops nothing that is queued.
    private void endOutput(Channel peer) {
        if (outputOver) {
            return;
        }
        outputOver = true;
        var _ =
                peer.writeAndFlush(Unpooled.EMPTY_BUFFER)
                        .addListener(
                                _ -> {
                                    if (peer instanceof DuplexChannel duplex) {
                                        var _ = duplex.shutdownOutput();
                                        if (duplex.isInputShutdown()) {
                                            var _ = peer.close();
                                        }
                                    }
                                });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        done.run();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            log.error("a raw connection met a defect", cause);
        }
        var _ = channel.close();
    }
}

package io.lateen.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.internal.tcnative.SSL;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Connections one after the other, some at once. All state belongs to the one event loop; the
 * thread that asked for the run sees only the future.
 */
final class Handshakes {

    /** Connections that only gather sessions to go on from. */
    private static final int PRIMING = 16;

    private final Bootstrap bootstrap;
    private final SslContext context;
    private final Target target;
    private final byte[] request;
    private final boolean resumed;
    private final long nanos;
    private final CompletableFuture<LoadResult> result = new CompletableFuture<>();

    private long startNanos;
    private long endNanos = Long.MAX_VALUE;
    private long begun;
    private int open;
    private long good;
    private long failures;

    Handshakes(
            Bootstrap bootstrap,
            SslContext context,
            Target target,
            byte[] request,
            boolean resumed,
            Duration duration) {
        this.bootstrap = bootstrap;
        this.context = context;
        this.target = target;
        this.request = request;
        this.resumed = resumed;
        this.nanos = duration.toNanos();
    }

    CompletableFuture<LoadResult> run(EventLoop loop, int atOnce) {
        loop.execute(
                () -> {
                    for (int number = 0; number < atOnce; number++) {
                        begin();
                    }
                });
        return result;
    }

    private void begin() {
        if (begun == PRIMING) {
            startNanos = System.nanoTime();
            endNanos = startNanos + nanos;
        }
        if (System.nanoTime() >= endNanos) {
            if (open == 0) {
                double seconds = (System.nanoTime() - startNanos) / 1e9;
                result.complete(new LoadResult(good, failures, seconds, Optional.empty()));
            }
            return;
        }
        boolean counts = begun++ >= PRIMING;
        open++;
        var _ =
                bootstrap
                        .clone()
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        SslHandler tls = handler(channel);
                                        Visit visit = new Visit(tls);
                                        channel.pipeline().addLast(tls, visit);
                                        channel.closeFuture()
                                                .addListener(_ -> ended(counts, visit.good));
                                    }
                                })
                        .connect();
    }

    private SslHandler handler(Channel channel) {
        // Sessions are kept by the peer's name: a handshake without one begins from nothing.
        return resumed
                ? context.newHandler(
                        channel.alloc(),
                        target.address().getAddress().getHostAddress(),
                        target.address().getPort())
                : context.newHandler(channel.alloc());
    }

    private void ended(boolean counts, boolean well) {
        open--;
        if (counts && well) {
            good++;
        } else if (counts) {
            failures++;
        }
        begin();
    }

    /** One connection. */
    private final class Visit extends ChannelInboundHandlerAdapter {

        private final SslHandler tls;
        private final AnswerReader reader = new AnswerReader();
        private boolean good;

        private Visit(SslHandler tls) {
            this.tls = tls;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
                var _ = ctx.writeAndFlush(Unpooled.wrappedBuffer(request), ctx.voidPromise());
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            try {
                switch (reader.read(bytes)) {
                    case MORE -> {}
                    case GOOD -> {
                        good = isResumed() == resumed;
                        var _ = ctx.close();
                    }
                    case BAD, UNREADABLE -> {
                        var _ = ctx.close();
                    }
                }
            } finally {
                bytes.release();
            }
        }

        private boolean isResumed() {
            return tls.engine() instanceof ReferenceCountedOpenSslEngine boring
                    && SSL.isSessionReused(boring.sslPointer());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // A refused handshake or a reset: closing counts it as failed.
            var _ = ctx.close();
        }
    }
}

package io.lateen.sidecar.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** An HTTP/2 server that refuses, resets and leaves at random, and tells what it executes. */
final class BreakingHttp2Server implements AutoCloseable {
    private static final AttributeKey<Integer> LAST_EXECUTED =
            AttributeKey.valueOf(BreakingHttp2Server.class, "lastExecuted");

    private final MultiThreadIoEventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final SplittableRandom random;
    private final Consumer<String> executed;
    private final AtomicLong resets;
    private final Channel server;

    /**
     * @param executed is told the path of each request that was worked on
     * @param resets counts what was broken off
     */
    BreakingHttp2Server(long seed, Consumer<String> executed, AtomicLong resets) {
        this.random = new SplittableRandom(seed);
        this.executed = executed;
        this.resets = resets;
        server =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        accept(channel);
                                    }
                                })
                        .bind(Plans.anyPort())
                        .syncUninterruptibly()
                        .channel();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void accept(Channel channel) {
        channel.pipeline()
                .addLast(
                        Http2FrameCodecBuilder.forServer().build(),
                        new Http2MultiplexHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel stream) {
                                        stream.pipeline().addLast(new Stream());
                                    }
                                }));
    }

    private final class Stream extends ChannelInboundHandlerAdapter {
        private String path = "";

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (message instanceof Http2HeadersFrame head) {
                    path = head.headers().path().toString();
                } else if (message instanceof Http2DataFrame data && data.isEndStream()) {
                    decide(context);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void decide(ChannelHandlerContext context) {
            switch (random.nextInt(14)) {
                case 0, 1 -> reset(context, Http2Error.REFUSED_STREAM);
                case 2 -> goAwayBefore(context);
                case 3, 4 -> {
                    execute(context);
                    reset(context, Http2Error.INTERNAL_ERROR);
                }
                case 5 -> {
                    execute(context);
                    reset(context, Http2Error.CANCEL);
                }
                case 6 -> {
                    execute(context);
                    resets.incrementAndGet();
                    drop(context);
                }
                case 7 -> {
                    execute(context);
                    resets.incrementAndGet();
                    var _ = context.write(head());
                    var _ =
                            context.writeAndFlush(
                                    new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
                }
                default -> {
                    execute(context);
                    var _ = context.write(head());
                    var _ =
                            context.writeAndFlush(
                                    new DefaultHttp2DataFrame(
                                            Unpooled.copiedBuffer(
                                                    "ok",
                                                    java.nio.charset.StandardCharsets.US_ASCII),
                                            true));
                }
            }
        }

        private DefaultHttp2HeadersFrame head() {
            return new DefaultHttp2HeadersFrame(
                    new DefaultHttp2Headers().status("200").set("content-length", "2"));
        }

        private void reset(ChannelHandlerContext context, Http2Error error) {
            resets.incrementAndGet();
            var _ = context.writeAndFlush(new DefaultHttp2ResetFrame(error));
        }

        // Says that it works on none of those after the last that was executed, and closes.
        private void goAwayBefore(ChannelHandlerContext context) {
            Channel connection = context.channel().parent();
            int last = lastExecuted(connection);
            if (id(context) < last) {
                reset(context, Http2Error.REFUSED_STREAM);
                return;
            }
            resets.incrementAndGet();
            Http2FrameCodec codec = connection.pipeline().get(Http2FrameCodec.class);
            ChannelHandlerContext codecs = connection.pipeline().context(codec);
            var _ =
                    codec.goAway(
                                    codecs,
                                    last,
                                    Http2Error.NO_ERROR.code(),
                                    Unpooled.EMPTY_BUFFER,
                                    codecs.newPromise())
                            .addListener(ChannelFutureListener.CLOSE);
            codecs.flush();
        }

        private void execute(ChannelHandlerContext context) {
            Channel connection = context.channel().parent();
            connection.attr(LAST_EXECUTED).set(Math.max(lastExecuted(connection), id(context)));
            executed.accept(path);
        }

        private static int id(ChannelHandlerContext context) {
            return ((Http2StreamChannel) context.channel()).stream().id();
        }

        private static int lastExecuted(Channel connection) {
            Integer last = connection.attr(LAST_EXECUTED).get();
            return last == null ? 0 : last;
        }

        private void drop(ChannelHandlerContext context) {
            Channel connection = context.channel().parent();
            connection.config().setOption(ChannelOption.SO_LINGER, 0);
            var _ = connection.close();
        }
    }
}

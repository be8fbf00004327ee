package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A client or a server of HTTP/2, by Netty's codec, that a test leads frame by frame. */
final class Http2Peer implements AutoCloseable {
    /** Larger heads than Netty takes by itself. */
    private static final int HEAD_BYTES = 64 * 1024;

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Stream> streams = new CopyOnWriteArrayList<>();
    private Channel channel;

    @SuppressWarnings("NullAway.Init") // set by the two that make one
    private Http2Peer() {}

    /** What a server does with each stream; on a thread of its own. */
    interface Script {
        void run(Stream stream);
    }

    static Http2Peer server(Script script) throws InterruptedException {
        Http2Peer peer = new Http2Peer();
        peer.channel =
                new ServerBootstrap()
                        .group(peer.loops)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel accepted) {
                                        accepted.pipeline()
                                                .addLast(
                                                        codec(Http2FrameCodecBuilder.forServer()),
                                                        new Http2MultiplexHandler(
                                                                peer.streams(script)));
                                    }
                                })
                        .bind(Plans.anyPort())
                        .sync()
                        .channel();
        return peer;
    }

    static Http2Peer connect(InetSocketAddress address) throws InterruptedException {
        Http2Peer peer = new Http2Peer();
        peer.channel =
                new Bootstrap()
                        .group(peer.loops)
                        .channel(NioSocketChannel.class)
                        .handler(
                                new ChannelInitializer<SocketChannel>() {
                                    @Override
                                    protected void initChannel(SocketChannel made) {
                                        made.pipeline()
                                                .addLast(
                                                        codec(Http2FrameCodecBuilder.forClient()),
                                                        new Http2MultiplexHandler(
                                                                peer.streams(_ -> {})));
                                    }
                                })
                        .connect(address)
                        .sync()
                        .channel();
        return peer;
    }

    private static io.netty.handler.codec.http2.Http2FrameCodec codec(Http2FrameCodecBuilder from) {
        return from.initialSettings(Http2Settings.defaultSettings().maxHeaderListSize(HEAD_BYTES))
                .build();
    }

    private ChannelInitializer<Channel> streams(Script script) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel opened) {
                Stream stream = new Stream(opened);
                streams.add(stream);
                opened.pipeline().addLast(stream);
                Thread.ofVirtual().start(() -> script.run(stream));
            }
        };
    }

    /** Opens a stream. */
    Stream open() throws InterruptedException {
        Channel opened =
                new Http2StreamChannelBootstrap(channel)
                        .handler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel made) {}
                                })
                        .open()
                        .sync()
                        .getNow();
        Stream stream = new Stream(opened);
        opened.pipeline().addLast(stream);
        streams.add(stream);
        return stream;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Streams so far, in their order. */
    List<Stream> streams() {
        return streams;
    }

    /** What was heard on every stream. */
    List<List<String>> heard() {
        return streams.stream().map(Stream::heard).collect(Collectors.toList());
    }

    @Override
    public void close() {
        var _ = channel.close();
        var _ = loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** One stream: frames as they are told, and what was heard. */
    static final class Stream extends ChannelInboundHandlerAdapter {
        private final Channel channel;
        private final List<String> heard = new ArrayList<>();
        private StringBuilder data = new StringBuilder();

        private Stream(Channel channel) {
            this.channel = channel;
        }

        /** Heads as their lines, bodies as one piece, and how it ended: END or RST and its code. */
        synchronized List<String> heard() {
            List<String> all = new ArrayList<>(heard);
            if (!data.isEmpty()) {
                all.add(data.toString());
            }
            return all;
        }

        /** Waits until something was heard. */
        Stream await(String what) {
            eventually(() -> assertThat(String.join("\n", heard())).as("heard").contains(what));
            return this;
        }

        Stream headers(boolean end, String... namesAndValues) {
            Http2Headers headers = new DefaultHttp2Headers(false);
            for (int i = 0; i < namesAndValues.length; i += 2) {
                headers.add(namesAndValues[i], namesAndValues[i + 1]);
            }
            var _ = channel.writeAndFlush(new DefaultHttp2HeadersFrame(headers, end));
            return this;
        }

        Stream data(boolean end, String text) {
            var _ =
                    channel.writeAndFlush(
                            new DefaultHttp2DataFrame(
                                    Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1), end));
            return this;
        }

        Stream reset(long code) {
            var _ = channel.writeAndFlush(new DefaultHttp2ResetFrame(code));
            return this;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            switch (message) {
                case Http2HeadersFrame headers -> {
                    hear(lines(headers.headers()));
                    end(headers.isEndStream());
                }
                case Http2DataFrame piece -> {
                    synchronized (this) {
                        data.append(piece.content().toString(StandardCharsets.ISO_8859_1));
                    }
                    end(piece.isEndStream());
                }
                case Http2ResetFrame reset -> hear("RST " + reset.errorCode());
                default -> {}
            }
            ReferenceCountUtil.release(message);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof Http2ResetFrame reset) {
                hear("RST " + reset.errorCode());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            hear("broken: " + cause);
        }

        private void end(boolean ended) {
            if (ended) {
                hear("END");
            }
        }

        private synchronized void hear(String what) {
            if (!data.isEmpty()) {
                heard.add(data.toString());
                data = new StringBuilder();
            }
            heard.add(what);
        }

        private static String lines(Http2Headers headers) {
            StringBuilder lines = new StringBuilder();
            for (Map.Entry<CharSequence, CharSequence> each : headers) {
                lines.append(each.getKey()).append(": ").append(each.getValue()).append('\n');
            }
            return lines.toString();
        }
    }
}

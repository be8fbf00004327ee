package io.lateen.sidecar.http2;

import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.upstream.ClientConnections;
import io.lateen.sidecar.upstream.Entrance;
import io.lateen.sidecar.upstream.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP/2 connection from a client: an exchange per stream. */
public final class ServerSession implements ClientConnections.Member {
    private static final Logger log = LoggerFactory.getLogger(ServerSession.class);
    private static final int MAX_STREAMS = 100;

    private final Worker worker;
    private final Entrance entrance;
    private final FrameLink link;
    private final List<ServerStream> touched = new ArrayList<>();
    private int streams;

    private ServerSession(Worker worker, Channel channel, Entrance entrance) {
        this.worker = worker;
        this.entrance = entrance;
        link = FrameLink.install(channel, true, MAX_STREAMS, new Frames(), worker::nanos);
        channel.pipeline().addLast(new Life());
        link.connection()
                .remote()
                .flowController()
                .listener(
                        stream -> {
                            ServerStream ours = of(stream);
                            if (ours != null && link.writable(stream.id())) {
                                ours.writableAgain();
                            }
                        });
        worker.clients().add(this);
    }

    /**
     * Puts the session's handlers into a pipeline; the connection's preface is still to be read.
     */
    public static ServerSession install(Worker worker, Channel channel, Entrance entrance) {
        return new ServerSession(worker, channel, entrance);
    }

    /**
     * Goes on with a connection that began as HTTP/1.1 (RFC 7540 §3.2): the request that asked for
     * it is the first stream, whose client has ended its half.
     *
     * @param settings what the client said of itself in that request
     */
    void goOn(Http2Settings settings, RequestHead request) throws Http2Exception {
        link.upgraded(settings);
        ServerStream first = open(1);
        if (first != null) {
            first.upgraded(request);
        }
        link.flush();
    }

    private @Nullable ServerStream open(int id) {
        Http2Stream stream = link.connection().stream(id);
        if (stream == null) {
            return null;
        }
        ServerStream opened = new ServerStream(this, id);
        stream.setProperty(link.key(), opened);
        streams++;
        return opened;
    }

    FrameLink link() {
        return link;
    }

    Entrance entrance() {
        return entrance;
    }

    Worker worker() {
        return worker;
    }

    @Override
    public void drain() {
        link.closeGracefully();
    }

    @Override
    public void finishUp() {
        link.announceEnd();
    }

    @Override
    public void close() {
        link.closeNow();
    }

    @Override
    public boolean busy() {
        return streams > 0;
    }

    @Override
    public String socket() {
        return entrance.socket();
    }

    @Override
    public void sweep(long nowNanos) {
        // Streams have their own limits, and an idle connection costs little.
    }

    private @Nullable ServerStream of(@Nullable Http2Stream stream) {
        return stream == null ? null : stream.getProperty(link.key());
    }

    private @Nullable ServerStream of(int id) {
        return of(link.connection().stream(id));
    }

    private void touch(ServerStream stream) {
        if (!touched.contains(stream)) {
            touched.add(stream);
        }
    }

    private final class Frames extends Http2EventAdapter {
        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int id,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean end) {
            onHeadersRead(context, id, headers, padding, end);
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int id,
                Http2Headers headers,
                int padding,
                boolean end) {
            ServerStream known = of(id);
            if (known != null) {
                touch(known);
                known.trailersRead(headers, end);
                return;
            }
            ServerStream opened = open(id);
            if (opened != null) {
                touch(opened);
                opened.headersRead(headers, end);
            }
        }

        @Override
        public int onDataRead(
                ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean end) {
            ServerStream stream = of(id);
            if (stream == null) {
                return data.readableBytes() + padding;
            }
            touch(stream);
            return stream.dataRead(data, padding, end);
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext context, int id, long code) {
            ServerStream stream = of(id);
            if (stream != null) {
                stream.gone();
            }
        }

        @Override
        public void onStreamClosed(Http2Stream stream) {
            ServerStream ours = of(stream);
            if (ours != null) {
                streams--;
                touched.remove(ours);
                ours.gone();
            }
        }
    }

    /** Hears of the connection behind the frames. */
    private final class Life extends ChannelInboundHandlerAdapter {
        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            for (ServerStream each : List.copyOf(touched)) {
                each.readComplete();
            }
            touched.clear();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) throws Http2Exception {
            if (context.channel().isWritable()) {
                link.connection()
                        .forEachActiveStream(
                                stream -> {
                                    ServerStream ours = of(stream);
                                    if (ours != null && link.writable(stream.id())) {
                                        ours.writableAgain();
                                    }
                                    return true;
                                });
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            worker.clients().remove(ServerSession.this);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!(cause instanceof IOException)) {
                log.error("an HTTP/2 connection from a client met a defect", cause);
            }
            link.closeNow();
        }
    }

    static long protocolError() {
        return Http2Error.PROTOCOL_ERROR.code();
    }
}

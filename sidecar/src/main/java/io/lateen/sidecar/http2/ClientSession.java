package io.lateen.sidecar.http2;

import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.plan.ConnectionPolicy;
import io.lateen.sidecar.upstream.Connector;
import io.lateen.sidecar.upstream.ResponseListener;
import io.lateen.sidecar.upstream.UpstreamConnection;
import io.lateen.sidecar.upstream.UpstreamStream;
import io.lateen.sidecar.upstream.Wire;
import io.lateen.sidecar.upstream.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
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

/** An HTTP/2 connection to an endpoint: many requests at a time. */
public final class ClientSession implements UpstreamConnection {
    private static final Logger log = LoggerFactory.getLogger(ClientSession.class);

    /** Streams we open before the endpoint has said how many it takes. */
    private static final int EXPECTED_STREAMS = 100;

    private final Worker worker;
    private final FrameLink link;
    private final Security security;
    private final Connector.Outcome pool;
    private final long maxRequests;
    private final int maxStreams;
    private final long openedNanos;
    private final Pings pings;
    private final List<ClientStream> touched = new ArrayList<>();
    private int streams;
    private long served;
    private boolean ending;
    private long idleSince;

    private ClientSession(
            Worker worker, Wire wire, ConnectionPolicy policy, Connector.Outcome pool) {
        this.worker = worker;
        this.pool = pool;
        this.maxRequests = policy.maxRequestsPerConnection();
        int limit = policy.http2().maxStreams();
        this.maxStreams = limit == 0 ? Integer.MAX_VALUE : limit;
        security = wire.security();
        Channel channel = wire.channel();
        link = FrameLink.install(channel, false, EXPECTED_STREAMS, new Frames(), worker::nanos);
        channel.pipeline().addLast(new Life());
        link.connection()
                .remote()
                .flowController()
                .listener(
                        stream -> {
                            ClientStream ours = of(stream);
                            if (ours != null && link.writable(stream.id())) {
                                ours.writableAgain();
                            }
                        });
        openedNanos = worker.nanos();
        idleSince = openedNanos;
        pings = new Pings(worker, link, policy.http2().keepAlive());
        pings.begin();
    }

    /** Puts the session's handlers into the pipeline of a fresh connection. */
    public static ClientSession install(
            Worker worker, Wire wire, ConnectionPolicy policy, Connector.Outcome pool) {
        return new ClientSession(worker, wire, policy, pool);
    }

    FrameLink link() {
        return link;
    }

    Security security() {
        return security;
    }

    @Override
    public boolean available() {
        return !ending
                && streams < maxStreams
                && link.channel().isActive()
                && link.connection().local().canOpenStream();
    }

    @Override
    public UpstreamStream open(ResponseListener listener) {
        served++;
        streams++;
        if (maxRequests > 0 && served >= maxRequests) {
            ending = true;
        }
        return new ClientStream(
                this,
                link.connection().local().incrementAndGetNextStreamId(),
                listener,
                served > 1);
    }

    @Override
    public int streams() {
        return streams;
    }

    @Override
    public long idleSinceNanos() {
        return idleSince;
    }

    @Override
    public long openedNanos() {
        return openedNanos;
    }

    @Override
    public long keepAliveNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public void drain() {
        ending = true;
        if (streams == 0) {
            link.closeGracefully();
        }
    }

    @Override
    public void close() {
        ending = true;
        link.closeNow();
    }

    /** A stream of ours has ended, well or badly. */
    void ended() {
        streams--;
        if (streams == 0) {
            idleSince = worker.nanos();
            if (ending) {
                link.closeGracefully();
                return;
            }
        }
        if (available()) {
            pool.available(this);
        }
    }

    void register(int id, ClientStream stream) {
        Http2Stream opened = link.connection().stream(id);
        if (opened != null) {
            opened.setProperty(link.key(), stream);
        }
    }

    private @Nullable ClientStream of(@Nullable Http2Stream stream) {
        return stream == null ? null : stream.getProperty(link.key());
    }

    private @Nullable ClientStream of(int id) {
        return of(link.connection().stream(id));
    }

    private void touch(ClientStream stream) {
        if (!touched.contains(stream)) {
            touched.add(stream);
        }
    }

    private final class Frames extends Http2EventAdapter {
        @Override
        public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings) {
            if (available()) {
                pool.available(ClientSession.this);
            }
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
            ClientStream stream = of(id);
            if (stream != null) {
                touch(stream);
                stream.headersRead(headers, end);
            }
        }

        @Override
        public int onDataRead(
                ChannelHandlerContext context, int id, ByteBuf data, int padding, boolean end) {
            ClientStream stream = of(id);
            if (stream == null) {
                return data.readableBytes() + padding;
            }
            touch(stream);
            return stream.dataRead(data, padding, end);
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext context, int id, long code) {
            ClientStream stream = of(id);
            if (stream != null) {
                stream.resetRead(code);
            }
        }

        @Override
        public void onPingAckRead(ChannelHandlerContext context, long payload) {
            pings.answered(payload);
        }

        @Override
        public void onStreamClosed(Http2Stream stream) {
            ClientStream ours = of(stream);
            if (ours != null) {
                int last = link.connection().local().lastStreamKnownByPeer();
                boolean refused =
                        link.connection().goAwayReceived() && last >= 0 && stream.id() > last;
                ours.closed(refused);
            }
        }

        @Override
        public void onGoAwayReceived(int lastStream, long code, ByteBuf debug) {
            ending = true;
            if (streams == 0) {
                link.closeGracefully();
            }
        }
    }

    /** Hears of the connection behind the frames. */
    private final class Life extends ChannelInboundHandlerAdapter {
        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            for (ClientStream each : List.copyOf(touched)) {
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
                                    ClientStream ours = of(stream);
                                    if (ours != null && link.writable(stream.id())) {
                                        ours.writableAgain();
                                    }
                                    return true;
                                });
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ending = true;
            pings.end();
            pool.closed(ClientSession.this);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!(cause instanceof IOException)) {
                log.error("an HTTP/2 connection to an endpoint met a defect", cause);
            }
            link.closeNow();
        }
    }
}

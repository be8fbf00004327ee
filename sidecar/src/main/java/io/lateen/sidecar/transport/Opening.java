package io.lateen.sidecar.transport;

import io.lateen.sidecar.http1.ServerConnection;
import io.lateen.sidecar.http2.ServerSession;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.TcpPlan;
import io.lateen.sidecar.tcp.TcpRelay;
import io.lateen.sidecar.upstream.Entrance;
import io.lateen.sidecar.upstream.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first handler of a connection: waits for as many bytes as it takes to know what it speaks,
 * then gives its place to the handler that speaks it. A port that is declared as TCP waits for
 * nothing, since there the server may speak first.
 */
final class Opening extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(Opening.class);

    private final Workers workers;
    private final Worker worker;
    private final Entrance entrance;
    private final @Nullable ListenerPlan listener;
    private ByteBuf seen = Unpooled.EMPTY_BUFFER;

    /**
     * @param listener what the connection as a whole is; null when each request finds its own
     */
    Opening(Workers workers, Worker worker, Entrance entrance, @Nullable ListenerPlan listener) {
        this.workers = workers;
        this.worker = worker;
        this.entrance = entrance;
        this.listener = listener;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        // In a tunnel the connection is active already and nobody will say so again.
        if (context.channel().isActive()) {
            startIfTcp(context);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        startIfTcp(context);
        context.fireChannelActive();
    }

    private void startIfTcp(ChannelHandlerContext context) {
        if (listener instanceof ListenerPlan.Tcp(TcpPlan tcp) && !context.isRemoved()) {
            relay(context, tcp);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (context.isRemoved()) {
            context.fireChannelRead(in);
            return;
        }
        seen = seen.isReadable() ? Unpooled.wrappedBuffer(seen, in) : in;
        switch (listener) {
            case null -> http(context, FirstBytes.ofHttp(seen));
            case ListenerPlan.Http _ -> http(context, FirstBytes.ofHttp(seen));
            case ListenerPlan.Refused _ -> http(context, FirstBytes.ofHttp(seen));
            case ListenerPlan.Tcp(TcpPlan tcp) -> relay(context, tcp);
            case ListenerPlan.Sniffed(_, TcpPlan tcp) -> {
                FirstBytes first = FirstBytes.ofAnything(seen);
                if (first == FirstBytes.NOT_HTTP) {
                    relay(context, tcp);
                } else {
                    http(context, first);
                }
            }
        }
    }

    private void http(ChannelHandlerContext context, FirstBytes first) {
        switch (first) {
            case UNDECIDED -> {}
            case HTTP2 -> {
                ByteBuf bytes = seen;
                seen = Unpooled.EMPTY_BUFFER;
                ServerSession session = ServerSession.install(worker, context.channel(), entrance);
                if (workers.draining()) {
                    session.finishUp();
                }
                handOn(context, bytes);
            }
            case HTTP1, NOT_HTTP -> {
                ServerConnection connection =
                        new ServerConnection(worker, context.channel(), entrance);
                if (workers.draining()) {
                    connection.finishUp();
                }
                become(context, connection);
            }
        }
    }

    private void become(ChannelHandlerContext context, ChannelInboundHandlerAdapter next) {
        ByteBuf bytes = seen;
        seen = Unpooled.EMPTY_BUFFER;
        context.pipeline().addAfter(context.name(), null, next);
        handOn(context, bytes);
    }

    // Gone before the next handler reads: it may put the pipeline together anew.
    private void handOn(ChannelHandlerContext context, ByteBuf bytes) {
        context.pipeline().remove(this);
        context.pipeline().fireChannelRead(bytes);
    }

    private void relay(ChannelHandlerContext context, TcpPlan tcp) {
        ByteBuf bytes = seen;
        seen = Unpooled.EMPTY_BUFFER;
        Channel channel = context.channel();
        context.pipeline().remove(this);
        TcpRelay.Request request =
                new TcpRelay.Request(
                        entrance.socket(),
                        entrance.direction(),
                        worker.live().current(),
                        tcp,
                        entrance.originalDestination());
        new TcpRelay(worker, workers.dialer(), channel, request, bytes).start();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        seen.release();
        seen = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("a connection broke before it said anything", cause);
        var _ = context.close();
    }
}

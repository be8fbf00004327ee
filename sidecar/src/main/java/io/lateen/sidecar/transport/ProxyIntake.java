package io.lateen.sidecar.transport;

import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.plan.ProxyHeaders;
import io.lateen.sidecar.upstream.Entrance;
import io.lateen.sidecar.upstream.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first handler of a connection to a socket whose clients stand behind a load balancer: reads
 * whose connection it is, then gives its place to what looks at the client's own words.
 */
final class ProxyIntake extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(ProxyIntake.class);

    /** A header comes with the connection. */
    private static final long HEADER_SECONDS = 10;

    private final Worker worker;
    private final Entrance entrance;
    private final ProxyHeaders taken;
    private final Function<Entrance, Opening> next;
    private ByteBuf seen = Unpooled.EMPTY_BUFFER;
    private @Nullable ScheduledFuture<?> patience;

    /**
     * @param next makes the handler that follows
     */
    ProxyIntake(
            Worker worker,
            Entrance entrance,
            ProxyHeaders taken,
            Function<Entrance, Opening> next) {
        this.worker = worker;
        this.entrance = entrance;
        this.taken = taken;
        this.next = next;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        patience = worker.loop().schedule(() -> absent(context), HEADER_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (context.isRemoved()) {
            context.fireChannelRead(in);
            return;
        }
        // Copied once it comes in pieces: it is short, and mostly comes as one.
        if (seen.isReadable()) {
            ByteBuf all = context.alloc().buffer(seen.readableBytes() + in.readableBytes());
            all.writeBytes(seen).writeBytes(in);
            seen.release();
            in.release();
            seen = all;
        } else {
            seen = in;
        }
        switch (ProxyHeader.read(seen)) {
            case ProxyHeader.Incomplete() -> {}
            case ProxyHeader.Absent() -> absent(context);
            case ProxyHeader.Malformed(String reason) -> refuse(context, reason);
            case ProxyHeader.Told(int version, var source, int length) -> {
                if (!taken.takes(version)) {
                    refuse(
                            context,
                            "version " + version + " of the PROXY header is not taken here");
                } else {
                    seen.skipBytes(length);
                    goOn(context, source == null ? entrance : new Proxied(entrance, source));
                }
            }
        }
    }

    private void absent(ChannelHandlerContext context) {
        if (context.isRemoved()) {
            return;
        }
        if (taken.required()) {
            refuse(
                    context,
                    "a connection without a PROXY header; connect through the load balancer, or"
                            + " take the header off this listener");
        } else {
            goOn(context, entrance);
        }
    }

    private void goOn(ChannelHandlerContext context, Entrance whose) {
        ByteBuf rest = seen;
        seen = Unpooled.EMPTY_BUFFER;
        context.pipeline().addAfter(context.name(), null, next.apply(whose));
        context.pipeline().remove(this);
        if (rest.isReadable()) {
            context.fireChannelRead(rest);
        } else {
            rest.release();
        }
    }

    private void refuse(ChannelHandlerContext context, String reason) {
        context.pipeline().remove(this);
        Unanswered.close(worker, context.channel(), entrance, new Failure.HandshakeFailed(reason));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (patience != null) {
            patience.cancel(false);
        }
        seen.release();
        seen = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("a connection broke before its PROXY header", cause);
        var _ = context.close();
    }
}

package io.lateen.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * One keep-alive connection: writes the request, follows the answer's length. One request at a
 * time; event loop only.
 */
final class Connection extends ChannelInboundHandlerAdapter {

    private enum Activity {
        IDLE,
        PRIMING,
        MEASURED
    }

    private final Pacer pacer;
    private final byte[] request;
    private final AnswerReader reader = new AnswerReader();
    private @Nullable ChannelHandlerContext context;
    private Activity activity = Activity.IDLE;
    private long dueNanos;

    Connection(Pacer pacer, byte[] request) {
        this.pacer = pacer;
        this.request = request;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    void prime() {
        activity = Activity.PRIMING;
        write();
    }

    void send(long wasDueNanos) {
        activity = Activity.MEASURED;
        dueNanos = wasDueNanos;
        write();
    }

    private void write() {
        if (context != null) {
            var _ = context.writeAndFlush(Unpooled.wrappedBuffer(request), context.voidPromise());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        try {
            switch (reader.read(bytes)) {
                case MORE -> {}
                case GOOD -> done(true);
                case BAD -> done(false);
                case UNREADABLE -> end(ctx);
            }
        } finally {
            bytes.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Activity was = activity;
        activity = Activity.IDLE;
        pacer.broke(this, was == Activity.MEASURED);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // A reset: closing counts what was in flight as failed.
        end(ctx);
    }

    private static void end(ChannelHandlerContext ctx) {
        var _ = ctx.close();
    }

    private void done(boolean good) {
        Activity was = activity;
        activity = Activity.IDLE;
        if (was == Activity.PRIMING) {
            pacer.primed(this, good);
        } else {
            pacer.answered(this, dueNanos, good);
        }
    }
}

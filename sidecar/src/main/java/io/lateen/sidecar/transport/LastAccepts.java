package io.lateen.sidecar.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Closes a socket once it has accepted what the kernel had accepted for it: a client whose
 * connection waits there has connected, and may have sent its request. On the socket's loop.
 */
final class LastAccepts extends ChannelInboundHandlerAdapter {
    private static final long LOOK_MILLIS = 2;

    /** Under a flood there is no last one. */
    private static final int MOST_LOOKS = 500;

    private final Channel socket;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private int accepted;
    private int looks;

    private LastAccepts(Channel socket) {
        this.socket = socket;
    }

    /**
     * Takes what waits, then closes.
     *
     * @return completes when it is closed
     */
    static CompletableFuture<Void> then(Channel socket) {
        LastAccepts last = new LastAccepts(socket);
        socket.eventLoop().execute(last::begin);
        return last.closed;
    }

    private void begin() {
        if (!socket.isOpen()) {
            closed.complete(null);
            return;
        }
        socket.pipeline().addFirst(this);
        look();
    }

    // Never at once: the loop looks at its sockets only after the tasks that it has.
    private void look() {
        accepted = 0;
        var _ =
                socket.eventLoop()
                        .schedule(
                                () -> {
                                    if (accepted > 0 && ++looks < MOST_LOOKS) {
                                        look();
                                    } else {
                                        close();
                                    }
                                },
                                LOOK_MILLIS,
                                TimeUnit.MILLISECONDS);
    }

    private void close() {
        var _ = socket.close().addListener(_ -> closed.complete(null));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object connection) {
        accepted++;
        context.fireChannelRead(connection);
    }
}

package io.lateen.bench.load;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Hands out requests when they are due. All state belongs to the one event loop; the thread that
 * asked for the run sees only the future.
 */
final class Pacer {

    private static final long PATIENCE_SECONDS = 10;

    private final EventLoop loop;
    private final byte[] request;
    private final long intervalNanos;
    private final ArrayDeque<Connection> idle = new ArrayDeque<>();
    private final ArrayDeque<Long> dueNanos = new ArrayDeque<>();
    private final Histogram latency = new Histogram(TimeUnit.MINUTES.toNanos(2), 3);
    private final CompletableFuture<LoadResult> result = new CompletableFuture<>();

    private long startNanos;
    private long total;
    private long handedOut;
    private int priming;
    private int inFlight;
    private long failures;

    Pacer(EventLoop loop, byte[] request, long intervalNanos) {
        this.loop = loop;
        this.request = request;
        this.intervalNanos = intervalNanos;
    }

    ChannelHandler handler() {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new Connection(Pacer.this, request));
            }
        };
    }

    /**
     * Runs for {@code duration}. Each connection first makes one request that is not counted, so
     * that accepting a connection and opening one to the upstream are not part of the figures.
     */
    CompletableFuture<LoadResult> run(Duration duration, Iterable<Channel> channels) {
        total = duration.toNanos() / intervalNanos;
        loop.execute(
                () -> {
                    for (Channel channel : channels) {
                        priming++;
                        channel.pipeline().get(Connection.class).prime();
                    }
                });
        return result;
    }

    /** A connection has its answer (or broke) to the request that only opened the way. */
    void primed(Connection connection, boolean good) {
        if (!good) {
            failures++;
        }
        idle.add(connection);
        if (--priming == 0) {
            startNanos = System.nanoTime();
            turn();
        }
    }

    /** A connection has its whole answer. */
    void answered(Connection connection, long wasDueNanos, boolean good) {
        inFlight--;
        if (good) {
            latency.recordValue(System.nanoTime() - wasDueNanos);
        } else {
            failures++;
        }
        idle.add(connection);
        send();
    }

    /** A connection ended; what it carried is lost, and it is not replaced. */
    void broke(Connection connection, boolean busy) {
        failures++;
        if (busy) {
            inFlight--;
        }
        idle.remove(connection);
        send();
    }

    private void turn() {
        long now = System.nanoTime();
        while (handedOut < total && startNanos + handedOut * intervalNanos <= now) {
            dueNanos.add(startNanos + handedOut * intervalNanos);
            handedOut++;
        }
        if (handedOut < total) {
            var _ =
                    loop.schedule(
                            this::turn,
                            startNanos + handedOut * intervalNanos - now,
                            TimeUnit.NANOSECONDS);
        } else {
            var _ = loop.schedule(this::giveUp, PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        send();
    }

    private void send() {
        while (!dueNanos.isEmpty() && !idle.isEmpty()) {
            inFlight++;
            idle.remove().send(dueNanos.remove());
        }
        if (handedOut == total && dueNanos.isEmpty() && inFlight == 0) {
            complete();
        }
    }

    private void giveUp() {
        failures += inFlight + dueNanos.size();
        complete();
    }

    private void complete() {
        double seconds = total * intervalNanos / 1e9;
        result.complete(
                new LoadResult(latency.getTotalCount(), failures, seconds, Optional.of(latency)));
    }
}

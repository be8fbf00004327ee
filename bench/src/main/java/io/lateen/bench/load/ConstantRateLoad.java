package io.lateen.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Open loop: requests are due at a constant rate whether or not earlier ones were answered, and
 * latency counts from when a request was due, so a stall is seen by every request that it delayed
 * (no coordinated omission). Netty's epoll because its timers have the kernel's resolution; the
 * JDK's selector rounds to milliseconds.
 *
 * @param requestsPerSecond the rate
 * @param connections kept alive; when all are busy, a request that is due waits and its wait counts
 */
public record ConstantRateLoad(int requestsPerSecond, int connections) implements Load {

    private static final long PATIENCE_SECONDS = 10;

    @Override
    public LoadResult drive(Target target, Request request, Duration duration) {
        IoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        Pacer pacer =
                new Pacer(
                        group.next(),
                        request.bytes(target),
                        TimeUnit.SECONDS.toNanos(1) / requestsPerSecond);
        try {
            List<Channel> channels = connect(group, target, pacer);
            return pacer.run(duration, channels)
                    .get(duration.toSeconds() + 2 * PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted under load", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the load generator failed on " + target, e);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    private List<Channel> connect(IoEventLoopGroup group, Target target, Pacer pacer)
            throws InterruptedException {
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(group)
                        .channel(EpollSocketChannel.class)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 5_000)
                        .handler(pacer.handler());
        List<Channel> channels = new ArrayList<>();
        for (int number = 0; number < connections; number++) {
            channels.add(bootstrap.connect(target.address()).sync().channel());
        }
        return channels;
    }
}

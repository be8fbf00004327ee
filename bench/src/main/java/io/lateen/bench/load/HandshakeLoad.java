package io.lateen.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * A connection for each request: TCP, handshake of TLS 1.3, one GET, closed. Four at once, each
 * followed by the next.
 *
 * @param resumed whether a handshake goes on from an earlier session; one that should and does not
 *     is a failure
 */
public record HandshakeLoad(boolean resumed) implements Load {

    private static final int AT_ONCE = 4;
    private static final long PATIENCE_SECONDS = 10;

    @Override
    public LoadResult drive(Target target, Request request, Duration duration) {
        IoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        SslContext context = context(target.encryption().orElseThrow());
        try {
            Bootstrap bootstrap =
                    new Bootstrap()
                            .group(group)
                            .channel(EpollSocketChannel.class)
                            .option(ChannelOption.TCP_NODELAY, true)
                            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 5_000)
                            .remoteAddress(target.address());
            Handshakes handshakes =
                    new Handshakes(
                            bootstrap, context, target, request.bytes(target), resumed, duration);
            return handshakes
                    .run(group.next(), AT_ONCE)
                    .get(duration.toSeconds() + PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted under load", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the load generator failed on " + target, e);
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
            ReferenceCountUtil.release(context);
        }
    }

    private static SslContext context(Encryption encryption) {
        SslContextBuilder builder =
                SslContextBuilder.forClient()
                        .sslProvider(SslProvider.OPENSSL_REFCNT)
                        .protocols("TLSv1.3")
                        .trustManager(encryption.roots().toFile())
                        // The workloads have SPIFFE IDs, not names of hosts.
                        .endpointIdentificationAlgorithm(null);
        encryption
                .own()
                .ifPresent(own -> builder.keyManager(own.chain().toFile(), own.key().toFile()));
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException("BoringSSL does not take " + encryption, e);
        }
    }
}

package io.lateen.sidecar.upstream;

import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.plan.ConnectionPolicy;
import io.lateen.sidecar.plan.UpstreamTls;
import io.lateen.sidecar.tls.Handshake;
import io.lateen.sidecar.tls.Tls;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections on an event loop, with the options and the protection that a cluster asks for.
 */
public final class Dialer {
    // Does nothing: the pipeline is put together when the connection is there.
    private static final ChannelHandler NONE = new Empty();

    private final Function<EventLoop, Class<? extends Channel>> channelClass;
    private final Tls tls;

    /** A dialer that makes channels of the class that fits a loop. */
    public Dialer(Function<EventLoop, Class<? extends Channel>> channelClass, Tls tls) {
        this.channelClass = channelClass;
        this.tls = tls;
    }

    /**
     * Where to connect.
     *
     * @param address resolved, or the path of a socket on this machine
     * @param policy how long it may take, and what is probed
     * @param tls how it is encrypted; null for plain text
     */
    public record Target(
            SocketAddress address, ConnectionPolicy policy, @Nullable UpstreamTls tls) {}

    /** What became of a connection; told on its loop. */
    public interface Outcome {
        /** It is there, protected as it was asked to be, and does not read yet. */
        void connected(Wire wire);

        /** It is not, and why. */
        void failed(String reason);
    }

    @ChannelHandler.Sharable
    private static final class Empty extends ChannelInboundHandlerAdapter {}

    /**
     * Connects; the channel does not read until it is told to.
     *
     * @param protocols offered in ALPN, where it is encrypted
     */
    public void dial(EventLoop loop, Target target, List<String> protocols, Outcome outcome) {
        ConnectionPolicy policy = target.policy();
        Class<? extends Channel> type = channelClass.apply(loop);
        Bootstrap bootstrap =
                new Bootstrap()
                        .group(loop)
                        .handler(NONE)
                        .option(ChannelOption.AUTO_READ, false)
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                (int) TimeUnit.NANOSECONDS.toMillis(policy.connectTimeoutNanos()));
        SocketAddress address = target.address();
        if (address instanceof UnixDomainSocketAddress path) {
            address = onThisMachine(bootstrap, path, type);
        } else {
            bootstrap.channel(type).option(ChannelOption.TCP_NODELAY, true);
            keepAlive(bootstrap, policy.tcpKeepAlive(), type);
        }
        bootstrap
                .connect(address)
                .addListener(
                        (io.netty.channel.ChannelFuture done) -> {
                            if (done.isSuccess()) {
                                secure(done.channel(), target, protocols, outcome);
                            } else {
                                outcome.failed(reason(done.cause()));
                            }
                        });
    }

    private static SocketAddress onThisMachine(
            Bootstrap bootstrap, UnixDomainSocketAddress path, Class<? extends Channel> type) {
        if (type == EpollSocketChannel.class) {
            bootstrap.channel(EpollDomainSocketChannel.class);
            return new DomainSocketAddress(path.toString());
        }
        bootstrap.channel(NioDomainSocketChannel.class);
        return path;
    }

    private void secure(Channel channel, Target target, List<String> protocols, Outcome outcome) {
        UpstreamTls wanted = target.tls();
        if (wanted == null) {
            outcome.connected(new Wire(channel, Security.PLAIN));
            return;
        }
        tls.begin(
                channel,
                null,
                new Tls.Side.Client(wanted, protocols, target.address()),
                new Handshake.Outcome() {
                    @Override
                    public void secured(Security security) {
                        channel.config().setAutoRead(false);
                        outcome.connected(new Wire(channel, security));
                    }

                    @Override
                    public void failed(String reason) {
                        var _ = channel.close();
                        outcome.failed(reason);
                    }
                });
        channel.config().setAutoRead(true);
    }

    private static void keepAlive(
            Bootstrap bootstrap,
            ConnectionPolicy.TcpKeepAlive keepAlive,
            Class<? extends Channel> type) {
        if (!keepAlive.enabled()) {
            return;
        }
        bootstrap.option(ChannelOption.SO_KEEPALIVE, true);
        if (type == EpollSocketChannel.class) {
            if (keepAlive.probes() > 0) {
                bootstrap.option(EpollChannelOption.TCP_KEEPCNT, keepAlive.probes());
            }
            if (keepAlive.idleSeconds() > 0) {
                bootstrap.option(EpollChannelOption.TCP_KEEPIDLE, keepAlive.idleSeconds());
            }
            if (keepAlive.intervalSeconds() > 0) {
                bootstrap.option(EpollChannelOption.TCP_KEEPINTVL, keepAlive.intervalSeconds());
            }
        }
    }

    // "finishConnect(..) failed with error(-111): Connection refused: /127.0.0.1:1": the cause is
    // what comes before the address, which is said anyway.
    private static String reason(Throwable cause) {
        String said = cause.getMessage();
        if (said == null) {
            return "nobody listens there (" + cause.getClass().getSimpleName() + ")";
        }
        String text = said.toLowerCase(java.util.Locale.ROOT);
        if (text.contains("refused")) {
            return "connection refused";
        }
        if (text.contains("timed out")) {
            return "connection timed out";
        }
        if (text.contains("no such file")) {
            return "there is no such socket";
        }
        if (text.contains("unreachable")) {
            return "network or host unreachable";
        }
        return said;
    }
}

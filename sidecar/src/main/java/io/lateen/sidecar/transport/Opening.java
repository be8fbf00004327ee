package io.lateen.sidecar.transport;

import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.filter.authz.AddressRange;
import io.lateen.sidecar.http1.ServerConnection;
import io.lateen.sidecar.http2.ServerSession;
import io.lateen.sidecar.plan.ConnectionTraits;
import io.lateen.sidecar.plan.Detection;
import io.lateen.sidecar.plan.DownstreamTls;
import io.lateen.sidecar.plan.FilterChain;
import io.lateen.sidecar.plan.FilterChains;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.TcpPlan;
import io.lateen.sidecar.tcp.TcpRelay;
import io.lateen.sidecar.tls.ClientHello;
import io.lateen.sidecar.tls.Handshake;
import io.lateen.sidecar.tls.Tls;
import io.lateen.sidecar.upstream.Addresses;
import io.lateen.sidecar.upstream.ClientConnections;
import io.lateen.sidecar.upstream.Entrance;
import io.lateen.sidecar.upstream.QuietEnd;
import io.lateen.sidecar.upstream.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first handler of a connection: waits for as many bytes as it takes to know what it speaks,
 * lets a handshake take place where there is one, then gives its place to the handler that speaks
 * what is left. A port that is declared as TCP waits for nothing, since there the server may speak
 * first.
 *
 * <p>A client that has connected means to ask something: whoever ends a sidecar in order waits for
 * these connections too.
 */
final class Opening extends ChannelInboundHandlerAdapter
        implements ClientConnections.Member, QuietEnd.Connection {
    private static final Logger log = LoggerFactory.getLogger(Opening.class);

    /** A handshake that has begun and does not go on holds a connection for nothing. */
    private static final long HELLO_SECONDS = 10;

    /** For words that are neither HTTP/1.1 nor HTTP/2 yet; then it is a head that does not come. */
    private static final long WORDS_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** For a client that says nothing at all: as for one without a request. */
    private static final long IDLE_NANOS = TimeUnit.HOURS.toNanos(1);

    /** How long a client that begins now, in HTTP/2, may go on after it was told of the end. */
    private static final long TOLD_MILLIS = 1_500;

    private final Workers workers;
    private final Worker worker;
    private Entrance entrance;
    private @Nullable ListenerPlan listener;
    private ByteBuf seen = Unpooled.EMPTY_BUFFER;
    private boolean waitingForHello;
    private boolean handshaking;
    private boolean secured;
    private boolean owned;
    private boolean draining;
    private boolean halfOpen;
    private long movedNanos;
    private @Nullable ScheduledFuture<?> patience;
    private @Nullable ChannelHandlerContext context;

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
        this.context = context;
        movedNanos = worker.nanos();
        worker.clients().add(this);
        // In a tunnel the connection is active already and nobody will say so again.
        if (context.channel().isActive()) {
            startWithoutBytes(context);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        startWithoutBytes(context);
        context.fireChannelActive();
    }

    private void startWithoutBytes(ChannelHandlerContext context) {
        if (context.isRemoved()) {
            return;
        }
        if (listener instanceof ListenerPlan.Chains(FilterChains chains)) {
            ListenerPlan whatever = chains.whateverComes(plainTraits(context));
            if (whatever instanceof ListenerPlan.Refused(Failure failure)) {
                refuse(context, failure);
                return;
            }
            if (whatever != null) {
                plain(context, whatever);
            }
        }
        if (listener instanceof ListenerPlan.Tcp(TcpPlan tcp)) {
            relay(context, tcp);
            return;
        }
        Detection detection = detection();
        if (detection != null) {
            // A client that ends its half before it is known what it speaks may still be answered.
            halfOpen = true;
            context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
            if (detection.timeoutNanos() > 0 && patience == null) {
                patience =
                        worker.loop()
                                .schedule(
                                        () -> undetected(context, detection),
                                        detection.timeoutNanos(),
                                        TimeUnit.NANOSECONDS);
            }
        }
    }

    private @Nullable Detection detection() {
        return switch (listener) {
            case ListenerPlan.Sniffed(_, _, Detection detection) -> detection;
            case ListenerPlan.Chains(FilterChains chains) -> chains.detection();
            case null -> null;
            case ListenerPlan.Http _, ListenerPlan.Tcp _, ListenerPlan.Refused _ -> null;
        };
    }

    // The client has not said enough: the server may be waited for. What has begun as a handshake
    // has a limit of its own, and never becomes a connection in plain text.
    private void undetected(ChannelHandlerContext context, Detection detection) {
        if (context.isRemoved() || secured || waitingForHello) {
            return;
        }
        if (!detection.goesOn()) {
            refuse(
                    context,
                    new Failure.HandshakeFailed(
                            "the client has not said what it speaks within "
                                    + TimeUnit.NANOSECONDS.toMillis(detection.timeoutNanos())
                                    + " ms"));
            return;
        }
        if (listener instanceof ListenerPlan.Chains(FilterChains chains)) {
            plain(context, chains.plain(plainTraits(context)));
        }
        asBytes(context);
    }

    private void asBytes(ChannelHandlerContext context) {
        switch (listener) {
            case ListenerPlan.Sniffed(_, TcpPlan tcp, _) -> relay(context, tcp);
            case ListenerPlan.Tcp(TcpPlan tcp) -> relay(context, tcp);
            case ListenerPlan.Refused(Failure failure) -> refuse(context, failure);
            case null -> {}
            case ListenerPlan.Http _, ListenerPlan.Chains _ -> {
                // HTTP is waited for, as on a port that is declared so.
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event != ChannelInputShutdownEvent.INSTANCE || context.isRemoved()) {
            context.fireUserEventTriggered(event);
        } else if (seen.isReadable() && listener instanceof ListenerPlan.Sniffed) {
            asBytes(context);
        } else {
            var _ = context.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        if (context.isRemoved()) {
            context.fireChannelRead(in);
            return;
        }
        movedNanos = worker.nanos();
        if (seen.isReadable()) {
            seen = joined(context, in);
        } else {
            seen = in;
            owned = false;
        }
        decide(context);
    }

    // Copied: of bytes that come one by one each would keep a buffer of its own.
    private ByteBuf joined(ChannelHandlerContext context, ByteBuf in) {
        ByteBuf all = seen;
        if (!owned || all.writableBytes() < in.readableBytes()) {
            all = context.alloc().buffer(2 * (seen.readableBytes() + in.readableBytes()));
            all.writeBytes(seen);
            seen.release();
            owned = true;
        }
        all.writeBytes(in);
        in.release();
        return all;
    }

    private void decide(ChannelHandlerContext context) {
        switch (listener) {
            case null -> http(context, FirstBytes.ofHttp(seen));
            case ListenerPlan.Http _ -> http(context, FirstBytes.ofHttp(seen));
            case ListenerPlan.Refused _ -> http(context, FirstBytes.ofHttp(seen));
            case ListenerPlan.Tcp(TcpPlan tcp) -> relay(context, tcp);
            case ListenerPlan.Sniffed(_, TcpPlan tcp, _) -> {
                FirstBytes first = FirstBytes.ofAnything(seen);
                if (first == FirstBytes.NOT_HTTP) {
                    relay(context, tcp);
                } else {
                    http(context, first);
                }
            }
            case ListenerPlan.Chains(FilterChains chains) -> inspect(context, chains);
        }
    }

    // ---- which kind of connection it is ----

    private void inspect(ChannelHandlerContext context, FilterChains chains) {
        switch (ClientHello.read(seen)) {
            case ClientHello.Incomplete() -> waitForHello(context);
            case ClientHello.NotTls() -> {
                ListenerPlan chosen = chains.plain(plainTraits(context));
                if (chosen instanceof ListenerPlan.Refused(Failure failure)) {
                    refuse(context, failure);
                } else {
                    plain(context, chosen);
                    decide(context);
                }
            }
            case ClientHello.Malformed(String reason) ->
                    refuse(
                            context,
                            new Failure.HandshakeFailed(
                                    "the client's TLS handshake holds " + reason));
            case ClientHello.Hello(var name, var protocols) -> {
                ConnectionTraits traits =
                        new ConnectionTraits(
                                port(context), address(context), true, name, protocols);
                FilterChain chain = chains.secured(traits);
                if (chain == null) {
                    refuse(context, chains.unwanted(traits).failure());
                } else {
                    secured(context, chain, traits);
                }
            }
        }
    }

    private void waitForHello(ChannelHandlerContext context) {
        if (!waitingForHello) {
            waitingForHello = true;
            var _ =
                    worker.loop()
                            .schedule(
                                    () -> {
                                        if (!context.isRemoved() && !secured) {
                                            refuse(
                                                    context,
                                                    new Failure.HandshakeFailed(
                                                            "the client's first message was not"
                                                                    + " complete within 10 s"));
                                        }
                                    },
                                    HELLO_SECONDS,
                                    TimeUnit.SECONDS);
        }
    }

    private void plain(ChannelHandlerContext context, ListenerPlan chosen) {
        listener = chosen;
        entrance = new Inspected(entrance, plainTraits(context), Security.PLAIN);
    }

    private void secured(
            ChannelHandlerContext context, FilterChain chain, ConnectionTraits traits) {
        DownstreamTls tls = chain.tls();
        listener = chain.traffic();
        if (tls == null) {
            // Passed on as it came: whose it is stays between its two ends.
            entrance = new Inspected(entrance, traits, Security.passing(traits.serverName()));
            decide(context);
            return;
        }
        handshaking = true;
        secured = true;
        context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        ByteBuf bytes = seen;
        seen = Unpooled.EMPTY_BUFFER;
        workers.tls()
                .begin(
                        context.channel(),
                        context.name(),
                        new Tls.Side.Server(tls, traits.serverName()),
                        new Handshake.Outcome() {
                            @Override
                            public void secured(Security security) {
                                entrance = new Inspected(entrance, traits, security);
                                handshaking = false;
                                movedNanos = worker.nanos();
                                startWithoutBytes(context);
                                endWhenQuiet();
                            }

                            @Override
                            public void failed(String reason) {
                                refuse(context, new Failure.HandshakeFailed(reason));
                            }
                        });
        if (context.isRemoved()) {
            bytes.release();
        } else {
            context.pipeline().fireChannelRead(bytes);
        }
    }

    private void refuse(ChannelHandlerContext context, Failure failure) {
        if (!context.isRemoved()) {
            context.pipeline().remove(this);
        }
        Unanswered.close(worker, context.channel(), entrance, failure);
    }

    private ConnectionTraits plainTraits(ChannelHandlerContext context) {
        return ConnectionTraits.plain(port(context), address(context));
    }

    /** Where it wants to go; null where it named a host, which may be anywhere. */
    private @Nullable InetAddress address(ChannelHandlerContext context) {
        InetSocketAddress wanted = entrance.originalDestination();
        if (wanted == null) {
            return context.channel().localAddress() instanceof InetSocketAddress local
                    ? local.getAddress()
                    : null;
        }
        return wanted.isUnresolved()
                ? AddressRange.parse(wanted.getHostString())
                : wanted.getAddress();
    }

    private int port(ChannelHandlerContext context) {
        InetSocketAddress wanted = entrance.originalDestination();
        return wanted != null ? wanted.getPort() : Addresses.port(context.channel().localAddress());
    }

    // ---- what it speaks ----

    private void http(ChannelHandlerContext context, FirstBytes first) {
        if (halfOpen && first != FirstBytes.UNDECIDED) {
            context.channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        }
        switch (first) {
            case UNDECIDED -> {}
            case HTTP2 -> {
                ByteBuf bytes = seen;
                seen = Unpooled.EMPTY_BUFFER;
                ServerSession session = ServerSession.install(worker, context.channel(), entrance);
                workers.greet(session);
                if (draining) {
                    // Its first requests may be on their way behind these bytes.
                    var _ =
                            worker.loop()
                                    .schedule(session::drain, TOLD_MILLIS, TimeUnit.MILLISECONDS);
                }
                handOn(context, bytes);
            }
            case HTTP1, NOT_HTTP -> {
                ServerConnection connection =
                        new ServerConnection(worker, context.channel(), entrance);
                workers.greet(connection);
                become(context, connection);
                if (draining) {
                    connection.drain();
                }
            }
        }
    }

    private void become(ChannelHandlerContext context, ChannelInboundHandlerAdapter next) {
        ByteBuf bytes = seen;
        seen = Unpooled.EMPTY_BUFFER;
        context.pipeline().addAfter(context.name(), null, next);
        handOn(context, bytes);
    }

    // To whatever comes next, which is behind what decrypts; gone before that reads, since it may
    // put the pipeline together anew.
    private void handOn(ChannelHandlerContext context, ByteBuf bytes) {
        context.pipeline().remove(this);
        context.fireChannelRead(bytes);
    }

    private void relay(ChannelHandlerContext context, TcpPlan tcp) {
        String full = worker.settings().room().memory().full();
        if (full != null) {
            refuse(context, new Failure.Shed(full));
            return;
        }
        ByteBuf bytes = seen;
        seen = Unpooled.EMPTY_BUFFER;
        Channel channel = context.channel();
        context.pipeline().remove(this);
        TcpRelay.Request request = new TcpRelay.Request(entrance, worker.live().current(), tcp);
        new TcpRelay(worker, workers.dialer(), channel, request, bytes, null).start();
    }

    // ---- as a connection that may have to end ----

    @Override
    public void drain() {
        draining = true;
        endWhenQuiet();
    }

    private void endWhenQuiet() {
        if (draining) {
            QuietEnd.whenQuiet(worker, this);
        }
    }

    @Override
    public void finishUp() {
        // Whatever it becomes is told, see Workers.greet.
    }

    @Override
    public void close() {
        if (context != null) {
            var _ = context.channel().close();
        }
    }

    @Override
    public boolean busy() {
        return handshaking || seen.isReadable();
    }

    @Override
    public String socket() {
        return entrance.socket();
    }

    @Override
    public void sweep(long now) {
        ChannelHandlerContext in = context;
        long still = now - movedNanos;
        if (in == null || in.isRemoved() || handshaking) {
            return;
        }
        if (seen.isReadable() && !waitingForHello && still > WORDS_NANOS) {
            http(in, FirstBytes.HTTP1);
        } else if (!seen.isReadable() && still > IDLE_NANOS) {
            QuietEnd.now(worker, this);
        }
    }

    @Override
    public boolean isQuiet() {
        return context != null && !context.isRemoved() && !busy();
    }

    @Override
    public long quietSinceNanos() {
        return movedNanos;
    }

    @Override
    public void closeAfterWrites() {
        close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (patience != null) {
            patience.cancel(false);
        }
        worker.clients().remove(this);
        seen.release();
        seen = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("a connection broke before it said anything", cause);
        var _ = context.close();
    }
}

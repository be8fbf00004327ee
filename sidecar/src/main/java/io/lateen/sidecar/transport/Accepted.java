package io.lateen.sidecar.transport;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.RequestHead;
import io.lateen.sidecar.exchange.Security;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.ProxyHeaders;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.sidecar.plan.TcpPlan;
import io.lateen.sidecar.tcp.TcpRelay;
import io.lateen.sidecar.upstream.Entrance;
import io.lateen.sidecar.upstream.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/** A connection that was just accepted, and what its socket's role makes of it. */
final class Accepted implements Entrance {
    private final Workers workers;
    private final SocketPlan socket;
    private final Channel channel;

    Accepted(Workers workers, SocketPlan socket, Channel channel) {
        this.workers = workers;
        this.socket = socket;
        this.channel = channel;
    }

    /** Takes the connection over from reactor-netty, whose own handler is not wanted here. */
    void open() {
        if (channel.pipeline().get(NettyPipeline.ReactiveBridge) != null) {
            channel.pipeline().remove(NettyPipeline.ReactiveBridge);
        }
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        Worker worker = workers.of(channel.eventLoop());
        if (!workers.takePlace(channel)) {
            turnAway(worker);
            return;
        }
        Plan plan = worker.live().current();
        ProxyHeaders proxied = plan.proxied().get(socket.name());
        channel.pipeline()
                .addLast(
                        proxied == null
                                ? opening(worker, this)
                                : new ProxyIntake(
                                        worker, this, proxied, whose -> opening(worker, whose)));
        channel.config().setAutoRead(true);
    }

    private Opening opening(Worker worker, Entrance whose) {
        return new Opening(workers, worker, whose, connectionListener(worker.live().current()));
    }

    // To answer would take what there is none of; it is counted as a raw connection that failed.
    private void turnAway(Worker worker) {
        Unanswered.close(
                worker,
                channel,
                this,
                new Failure.Shed(
                        "as many connections of clients are open as may be: "
                                + worker.settings().room().connections()));
    }

    // What the connection as a whole is, before anything was read. On the outbound port every
    // request finds its own listener, so there it is read as HTTP.
    private @Nullable ListenerPlan connectionListener(Plan plan) {
        return switch (socket.role()) {
            case OUTBOUND_CAPTURE -> null;
            case INBOUND, GATEWAY -> plan.listener(socket.name());
            case DEPENDENCY -> dependencyListener(plan);
        };
    }

    private ListenerPlan dependencyListener(Plan plan) {
        SocketPlan.Dependency dependency = socket.dependency();
        return dependency == null
                ? ListenerPlan.Refused.NO_LISTENER
                : plan.outbound().byHostAndPort(dependency.host(), dependency.port());
    }

    @Override
    public String socket() {
        return socket.name();
    }

    @Override
    public Security security() {
        return Security.PLAIN;
    }

    @Override
    public Direction direction() {
        return switch (socket.role()) {
            case OUTBOUND_CAPTURE, DEPENDENCY -> Direction.OUTBOUND;
            case INBOUND -> Direction.INBOUND;
            case GATEWAY -> Direction.GATEWAY;
        };
    }

    @Override
    public ListenerPlan listener(Plan plan, RequestHead head) {
        return switch (socket.role()) {
            case OUTBOUND_CAPTURE -> plan.outbound().byAuthority(head.authority());
            case INBOUND, GATEWAY -> plan.listener(socket.name());
            case DEPENDENCY -> dependencyListener(plan);
        };
    }

    @Override
    public @Nullable InetSocketAddress originalDestination() {
        SocketPlan.Dependency dependency = socket.dependency();
        return dependency == null
                ? null
                : InetSocketAddress.createUnresolved(dependency.host(), dependency.port());
    }

    @Override
    public void prepare(RequestHead head) {
        SocketPlan.Dependency dependency = socket.dependency();
        if (dependency != null) {
            // The application asked a loopback address; its service knows itself by its name.
            head.rewriteAuthority(
                    (dependency.host() + ':' + dependency.port())
                            .getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public boolean tunnels() {
        return socket.role() == SocketPlan.Role.OUTBOUND_CAPTURE;
    }

    @Override
    public void tunnel(Channel tunnel, String host, int port, ByteBuf early) {
        Worker worker = workers.of(tunnel.eventLoop());
        Tunnelled inner = new Tunnelled(socket.name(), host, port);
        Plan plan = worker.live().current();
        ListenerPlan listener = inner.connectionListener(plan);
        ConnectAnswer answer = new ConnectAnswer(worker.crew().settings().reasonHeader());
        if (listener instanceof ListenerPlan.Tcp(TcpPlan tcp)) {
            TcpRelay.Request request = new TcpRelay.Request(inner, plan, tcp);
            new TcpRelay(worker, workers.dialer(), tunnel, request, early, answer).start();
            return;
        }
        // Where it goes is known when the client has said what it wants; it waits for this.
        var _ = tunnel.writeAndFlush(answer.reached(), tunnel.voidPromise());
        Opening opening = new Opening(workers, worker, inner, listener);
        tunnel.config().setAutoRead(true);
        tunnel.pipeline().addLast(opening);
        if (early.isReadable()) {
            tunnel.pipeline().fireChannelRead(early);
            tunnel.pipeline().fireChannelReadComplete();
        } else {
            early.release();
        }
    }

    /** What runs inside a CONNECT: outbound, to the place that the CONNECT named. */
    private record Tunnelled(String socket, String host, int port) implements Entrance {

        ListenerPlan connectionListener(Plan plan) {
            return plan.outbound().byHostAndPort(host, port);
        }

        @Override
        public Security security() {
            return Security.PLAIN;
        }

        @Override
        public Direction direction() {
            return Direction.OUTBOUND;
        }

        @Override
        public ListenerPlan listener(Plan plan, RequestHead head) {
            return connectionListener(plan);
        }

        @Override
        public InetSocketAddress originalDestination() {
            return InetSocketAddress.createUnresolved(host, port);
        }

        @Override
        public void prepare(RequestHead head) {}

        @Override
        public boolean tunnels() {
            return false;
        }

        @Override
        public void tunnel(Channel channel, String toHost, int toPort, ByteBuf early) {
            early.release();
            throw new IllegalStateException("a CONNECT inside a CONNECT was let through");
        }
    }
}

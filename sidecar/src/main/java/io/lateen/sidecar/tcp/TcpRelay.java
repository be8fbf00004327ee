package io.lateen.sidecar.tcp;

import io.lateen.sidecar.balance.Choice;
import io.lateen.sidecar.balance.Hash;
import io.lateen.sidecar.exchange.ConnectionFilter;
import io.lateen.sidecar.exchange.Failure;
import io.lateen.sidecar.exchange.TcpFlow;
import io.lateen.sidecar.plan.Destination;
import io.lateen.sidecar.plan.Discovery;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.TcpPlan;
import io.lateen.sidecar.plan.UpstreamTls;
import io.lateen.sidecar.upstream.Addresses;
import io.lateen.sidecar.upstream.ClientConnections;
import io.lateen.sidecar.upstream.ClusterPool;
import io.lateen.sidecar.upstream.Dialer;
import io.lateen.sidecar.upstream.Endpoint;
import io.lateen.sidecar.upstream.Entrance;
import io.lateen.sidecar.upstream.Names;
import io.lateen.sidecar.upstream.Wire;
import io.lateen.sidecar.upstream.Worker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one connection: chooses a cluster and an endpoint, connects, then moves bytes both ways
 * until both sides are done. What the client sends before that waits in its socket.
 */
public final class TcpRelay implements ClientConnections.Member {
    private static final Logger log = LoggerFactory.getLogger(TcpRelay.class);

    /** Other endpoints are tried when one does not take the connection. */
    private static final int MAX_CONNECTS = 3;

    /**
     * A connection to be carried.
     *
     * @param entrance how it came in
     * @param plan the plan that carries it to its end
     * @param tcp the listener that it came to
     */
    public record Request(Entrance entrance, Plan plan, TcpPlan tcp) {}

    private final Worker worker;
    private final Dialer dialer;
    private final Channel client;
    private final Request request;
    private final TcpFlow flow;
    private final @Nullable Greeting greeting;
    private @Nullable ByteBuf early;
    private @Nullable ClusterPool cluster;
    private @Nullable Endpoint endpoint;
    private @Nullable Pump down;
    private @Nullable Pump up;
    private int connects;
    private boolean opened;
    private boolean over;
    private @Nullable ScheduledFuture<?> life;
    private long touchedNanos;

    /**
     * @param early bytes that were read already, owned by the relay; may be empty
     * @param greeting what the client is told first; null for nothing
     */
    public TcpRelay(
            Worker worker,
            Dialer dialer,
            Channel client,
            Request request,
            ByteBuf early,
            @Nullable Greeting greeting) {
        this.worker = worker;
        this.dialer = dialer;
        this.client = client;
        this.request = request;
        this.early = early;
        this.greeting = greeting;
        touchedNanos = worker.nanos();
        flow =
                new TcpFlow(
                        request.entrance().direction(),
                        touchedNanos,
                        request.entrance().remote(client),
                        client.localAddress(),
                        request.entrance().security());
        flow.recordedBy(request.tcp().recording());
        flow.received(early.readableBytes());
    }

    /** Starts; the relay puts its own handler into the client's pipeline, which must be empty. */
    public void start() {
        worker.clients().add(this);
        long longest = request.tcp().longestLifeNanos();
        if (longest > 0) {
            life = worker.loop().schedule(() -> livedLong(longest), longest, TimeUnit.NANOSECONDS);
        }
        client.config().setAutoRead(false);
        client.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        Pump reader = new Pump(client, this::toServer, this::clientDone, this::touch);
        down = reader;
        client.pipeline().addLast(reader);
        if (client instanceof DuplexChannel duplex && duplex.isInputShutdown()) {
            reader.inputEnded();
        }
        for (ConnectionFilter each : request.tcp().filters()) {
            Failure refused = each.refuses(flow);
            if (refused != null) {
                fail(refused);
                return;
            }
        }
        Destination destination = request.tcp().clusters().choose(worker.random());
        ClusterPool found = worker.clusters().pool(request.plan(), destination.cluster());
        if (found == null) {
            fail(new Failure.NoCluster(destination.cluster()));
            return;
        }
        cluster = found;
        flow.chosen(request.tcp().origin(), found.plan().facts());
        if (found.plan().discovery() instanceof Discovery.OriginalDestination) {
            toWanted(found);
        } else {
            found.whenKnown(this::pick);
        }
    }

    private void pick() {
        ClusterPool from = cluster;
        if (over || from == null) {
            return;
        }
        Endpoint picked = from.pick(choice());
        if (picked == null) {
            fail(new Failure.NoHealthyUpstream(from.plan().name(), from.plan().endpoints().size()));
        } else {
            connect(from, picked);
        }
    }

    private Choice choice() {
        return request.tcp().bySourceAddress()
                        && flow.downstreamRemote() instanceof InetSocketAddress source
                ? Choice.hashed(worker.random(), Hash.of(source.getAddress().getHostAddress()))
                : worker.anyChoice();
    }

    private void toWanted(ClusterPool from) {
        InetSocketAddress wanted = request.entrance().originalDestination();
        if (wanted == null) {
            fail(
                    new Failure.NoRoute(
                            Addresses.text(client.localAddress()),
                            "a raw connection that was not captured"));
        } else if (!wanted.isUnresolved()) {
            connect(from, from.at(wanted));
        } else {
            worker.crew()
                    .names()
                    .resolve(
                            worker.loop(),
                            wanted.getHostString(),
                            new Names.Answer() {
                                @Override
                                public void resolved(List<InetAddress> found, long ttlSeconds) {
                                    InetAddress one =
                                            found.get(worker.random().nextInt(found.size()));
                                    connect(
                                            from,
                                            from.at(new InetSocketAddress(one, wanted.getPort())));
                                }

                                @Override
                                public void failed(String reason) {
                                    fail(new Failure.Unresolved(wanted.getHostString(), reason));
                                }
                            });
        }
    }

    private void connect(ClusterPool from, Endpoint to) {
        if (over) {
            return;
        }
        connects++;
        endpoint = to;
        to.begin();
        if (!from.takeConnection()) {
            to.end();
            endpoint = null;
            fail(
                    new Failure.Overflow(
                            from.plan().name(), "connections", from.plan().limits().connections()));
            return;
        }
        UpstreamTls tls = to.tls();
        dialer.dial(
                worker.loop(),
                to.target(),
                tls == null ? List.of() : tls.offers().bytes(),
                new Dialer.Outcome() {
                    @Override
                    public void connected(Wire wire) {
                        join(from, to, wire);
                    }

                    @Override
                    public void failed(String reason) {
                        from.releaseConnection();
                        to.end();
                        endpoint = null;
                        from.connectFailed(to);
                        if (!over
                                && connects < MAX_CONNECTS
                                && request.entrance().originalDestination() == null) {
                            pick();
                        } else {
                            fail(new Failure.ConnectFailed(Addresses.text(to.address()), reason));
                        }
                    }
                });
    }

    private void join(ClusterPool from, Endpoint to, Wire wire) {
        Channel server = wire.channel();
        to.rawOpened();
        server.closeFuture()
                .addListener(
                        _ -> {
                            from.releaseConnection();
                            to.rawClosed();
                            to.end();
                        });
        if (over) {
            var _ = server.close();
            return;
        }
        flow.connected(
                to.workload(), server.remoteAddress(), server.localAddress(), wire.security());
        opened = true;
        worker.connections().opened(flow);
        server.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        Pump writer = new Pump(server, this::toClient, this::serverDone, this::touch);
        up = writer;
        server.pipeline().addLast(writer);
        Pump reader = down;
        if (greeting != null && reader != null) {
            reader.write(greeting.reached());
            client.flush();
        }
        ByteBuf first = early;
        early = null;
        if (first != null) {
            writer.write(first);
            server.flush();
        }
        if (reader != null) {
            reader.joinTo(server);
        }
        writer.joinTo(client);
    }

    private void toServer(ByteBuf data) {
        flow.received(data.readableBytes());
        Pump to = up;
        if (to != null) {
            to.write(data);
        } else if (over) {
            data.release();
        } else {
            // Reading is off, but a client that has closed its half is read to the end at once.
            ByteBuf before = early;
            early = before == null ? data : Unpooled.wrappedBuffer(before, data);
        }
    }

    private void toClient(ByteBuf data) {
        flow.sent(data.readableBytes());
        Pump to = down;
        if (to == null) {
            data.release();
        } else {
            to.write(data);
        }
    }

    private void touch() {
        touchedNanos = worker.nanos();
    }

    private void clientDone() {
        ended();
    }

    private void serverDone() {
        ended();
    }

    // One of the two channels is gone. What was written to the other still goes out.
    private void ended() {
        if (over) {
            return;
        }
        over = true;
        if (life != null) {
            life.cancel(false);
        }
        releaseEarly();
        worker.clients().remove(this);
        if (down != null) {
            down.closeWhenWritten();
        }
        if (up != null) {
            up.closeWhenWritten();
        }
        flow.ended(worker.nanos());
        if (!opened) {
            if (flow.failure() == null) {
                flow.failed(new Failure.ClientGone());
            }
            worker.connections().opened(flow);
        }
        worker.connections().ended(flow);
    }

    private void fail(Failure failure) {
        if (over) {
            return;
        }
        log.debug("a raw connection ends; failure={}", failure);
        flow.failed(failure);
        Pump reader = down;
        if (greeting != null && reader != null && !opened) {
            reader.write(greeting.failed(failure));
        }
        ended();
    }

    private void livedLong(long nanos) {
        if (!over) {
            flow.failed(new Failure.LivedLong(Duration.ofNanos(nanos)));
            ended();
        }
    }

    private void releaseEarly() {
        ByteBuf first = early;
        early = null;
        if (first != null) {
            first.release();
        }
    }

    @Override
    public void drain() {
        // A raw connection has no place to stop at: it is given the time that the drain allows.
    }

    @Override
    public void finishUp() {
        // Bytes have no place to say so.
    }

    @Override
    public void close() {
        ended();
    }

    @Override
    public boolean busy() {
        return !over;
    }

    @Override
    public String socket() {
        return request.entrance().socket();
    }

    @Override
    public void sweep(long nowNanos) {
        long limit = request.tcp().idleTimeoutNanos();
        if (limit > 0 && nowNanos - touchedNanos > limit) {
            flow.failed(new Failure.StreamIdle(Duration.ofNanos(limit)));
            ended();
        }
    }
}

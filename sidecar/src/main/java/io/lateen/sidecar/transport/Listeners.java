package io.lateen.sidecar.transport;

import io.lateen.sidecar.exchange.Observers;
import io.lateen.sidecar.exchange.QuotaServices;
import io.lateen.sidecar.plan.LivePlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.sidecar.tls.Tls;
import io.lateen.sidecar.upstream.Addresses;
import io.lateen.sidecar.upstream.EndpointCount;
import io.lateen.sidecar.upstream.Settings;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/**
 * The sidecar's sockets. {@link #apply} brings a plan into force: what it newly names is bound
 * first, then requests go by it, then what it does not name any more is closed, so that no
 * connection meets a gap. Its methods may be called by any thread but an event loop.
 */
public final class Listeners {
    private static final Logger log = LoggerFactory.getLogger(Listeners.class);
    private static final int BACKLOG = 4096;

    private final LoopResources loops;
    private final LivePlan live;
    private final Workers workers;
    private final Map<SocketPlan, DisposableServer> bound = new LinkedHashMap<>();

    /** Listeners of a sidecar where nobody is asked about quota. */
    public Listeners(
            LoopResources loops, LivePlan live, Observers observers, Settings settings, Tls tls) {
        this(loops, live, observers, QuotaServices.NONE, settings, tls);
    }

    /**
     * Listeners without any socket yet.
     *
     * @param loops the event loops; closed by their owner, after this
     * @param live where the plan in force is published
     * @param tls this workload's identity; closed by its owner, after this
     */
    public Listeners(
            LoopResources loops,
            LivePlan live,
            Observers observers,
            QuotaServices quotas,
            Settings settings,
            Tls tls) {
        this.loops = loops;
        this.live = live;
        this.workers = new Workers(loops, live, observers, quotas, settings, tls);
    }

    /** A socket that could not be bound. */
    public record Unbound(SocketPlan socket, String reason) {}

    /**
     * Brings a plan into force, or leaves everything as it was when one of its sockets cannot be
     * bound.
     *
     * @return why it is not in force; empty when it is
     */
    public synchronized List<Unbound> apply(Plan plan) {
        workers.tls().prepare(plan);
        Map<SocketPlan, DisposableServer> added = new LinkedHashMap<>();
        List<Unbound> faults = new ArrayList<>();
        for (SocketPlan socket : plan.sockets()) {
            if (!bound.containsKey(socket)) {
                bind(socket, added, faults);
            }
        }
        if (!faults.isEmpty()) {
            added.values().forEach(DisposableServer::disposeNow);
            return faults;
        }
        live.publish(plan);
        workers.tls().settle(plan);
        bound.putAll(added);
        closeRemoved(Set.copyOf(plan.sockets()));
        workers.adopt(plan);
        return List.of();
    }

    /** Where each socket is bound, by its name. */
    public synchronized Map<String, java.net.SocketAddress> addresses() {
        return bound.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                e -> e.getKey().name(),
                                e -> e.getValue().channel().localAddress()));
    }

    /** What is going on at endpoints, loop by loop: one place may come several times. */
    public CompletableFuture<List<EndpointCount>> counts() {
        return workers.counts();
    }

    /**
     * Ends in order: goes on as before until it is {@code propagated} that this sidecar goes away;
     * then accepts nothing more, lets what is under way end, for at most {@code limit}, and closes.
     *
     * @return completes when nothing is left
     */
    public CompletableFuture<Void> drain(CompletableFuture<Void> propagated, Duration limit) {
        return workers.drain(propagated, limit, () -> closeInOrder(everySocket()));
    }

    /**
     * Ends what comes from others, in the same order; calls out, and the sockets for them, stay.
     *
     * @return completes when no connection from others is left
     */
    public synchronized CompletableFuture<Void> drainInbound(
            CompletableFuture<Void> propagated, Duration limit) {
        Set<SocketPlan> inbound =
                bound.keySet().stream().filter(SocketPlan::inbound).collect(Collectors.toSet());
        return workers.drain(
                inbound.stream().map(SocketPlan::name).collect(Collectors.toSet()),
                propagated,
                limit,
                () -> closeInOrder(inbound));
    }

    /** Whether the workload has a connection open to a socket for its own calls. */
    public synchronized CompletableFuture<Boolean> callsOut() {
        Set<String> outbound =
                bound.keySet().stream()
                        .filter(socket -> !socket.inbound())
                        .map(SocketPlan::name)
                        .collect(Collectors.toSet());
        return workers.any(member -> outbound.contains(member.socket()));
    }

    /** Closes everything at once. */
    public void close() {
        closeSockets();
        workers.close();
    }

    private synchronized void closeSockets() {
        bound.values().forEach(DisposableServer::dispose);
        bound.clear();
    }

    private synchronized Set<SocketPlan> everySocket() {
        return Set.copyOf(bound.keySet());
    }

    /** Accepts what waits to be accepted, then closes. */
    private synchronized CompletableFuture<Void> closeInOrder(Set<SocketPlan> some) {
        return CompletableFuture.allOf(
                some.stream()
                        .map(bound::remove)
                        .filter(Objects::nonNull)
                        .map(server -> LastAccepts.then(server.channel()))
                        .toArray(CompletableFuture[]::new));
    }

    private void closeRemoved(Set<SocketPlan> wanted) {
        for (SocketPlan socket : everySocket()) {
            if (!wanted.contains(socket)) {
                // Waited for: the next plan may want the port again.
                closeInOrder(Set.of(socket)).join();
                workers.drainSocket(socket.name());
                log.info("a socket is closed; socket={}", socket.name());
            }
        }
    }

    private void bind(
            SocketPlan socket, Map<SocketPlan, DisposableServer> added, List<Unbound> faults) {
        try {
            DisposableServer server =
                    TcpServer.create()
                            .runOn(loops)
                            .bindAddress(socket::address)
                            .option(ChannelOption.SO_REUSEADDR, true)
                            .option(ChannelOption.SO_BACKLOG, BACKLOG)
                            .childOption(ChannelOption.TCP_NODELAY, true)
                            .doOnChannelInit((_, channel, _) -> accept(socket, channel))
                            .bindNow(Duration.ofSeconds(10));
            added.put(socket, server);
            log.info(
                    "a socket is bound; socket={} address={}",
                    socket.name(),
                    Addresses.text(server.channel().localAddress()));
        } catch (ChannelBindException e) {
            faults.add(
                    new Unbound(
                            socket,
                            "cannot listen on "
                                    + Addresses.text(socket.address())
                                    + ": "
                                    + cause(e)
                                    + "; free the port, or change what names it"));
        }
    }

    private void accept(SocketPlan socket, Channel channel) {
        new Accepted(workers, socket, channel).open();
    }

    private static String cause(ChannelBindException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage());
    }
}

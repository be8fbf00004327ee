package io.lateen.sidecar.transport;

import io.lateen.sidecar.exchange.Observers;
import io.lateen.sidecar.exchange.QuotaServices;
import io.lateen.sidecar.plan.LivePlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.tls.Tls;
import io.lateen.sidecar.upstream.ClientConnections;
import io.lateen.sidecar.upstream.Crew;
import io.lateen.sidecar.upstream.Dialer;
import io.lateen.sidecar.upstream.EndpointCount;
import io.lateen.sidecar.upstream.Settings;
import io.lateen.sidecar.upstream.SharedClusters;
import io.lateen.sidecar.upstream.Worker;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import reactor.netty.resources.LoopResources;

/** A worker for each event loop. */
final class Workers {
    private static final long SWEEP_SECONDS = 1;
    private static final long DRAIN_CHECK_MILLIS = 20;

    private final Crew crew;
    private final Dialer dialer;
    private final Tls tls;
    private final Map<EventLoop, Worker> byLoop = new ConcurrentHashMap<>();

    /** Connections of clients that are open, on all loops. */
    private final AtomicInteger accepted = new AtomicInteger();

    /** Whose connections are to end, when some are; written by who drains, read by the loops. */
    private volatile Predicate<ClientConnections.Member> leaving = _ -> false;

    Workers(
            LoopResources loops,
            LivePlan live,
            Observers observers,
            QuotaServices quotas,
            Settings settings,
            Tls tls) {
        this.tls = tls;
        dialer = new Dialer(loop -> channelClass(loops, loop), tls);
        tls.onNewIdentity(() -> onEach(worker -> worker.clusters().drainSecured()));
        crew =
                new Crew(
                        live,
                        observers,
                        new SharedClusters(),
                        new PooledConnector(dialer),
                        new DnsNames(),
                        quotas,
                        settings);
        // Each loop has one before a connection meets it: whoever ends them all misses none.
        loops.onServer(true)
                .forEach(
                        each -> {
                            if (each instanceof EventLoop loop) {
                                loop.execute(() -> of(loop));
                            }
                        });
    }

    /** This workload's identity. */
    Tls tls() {
        return tls;
    }

    /** Opens connections that are not pooled. */
    Dialer dialer() {
        return dialer;
    }

    /** Tells a connection that has just begun whether it is to end. */
    void greet(ClientConnections.Member member) {
        if (leaving.test(member)) {
            member.finishUp();
        }
    }

    /**
     * Takes a place for a connection of a client, until it is closed.
     *
     * @return false when there is none left
     */
    boolean takePlace(Channel channel) {
        if (accepted.incrementAndGet() > crew.settings().room().connections()) {
            accepted.decrementAndGet();
            return false;
        }
        var _ = channel.closeFuture().addListener(_ -> accepted.decrementAndGet());
        return true;
    }

    /** The worker of a loop; called on that loop. */
    Worker of(EventLoop loop) {
        Worker known = byLoop.get(loop);
        if (known != null) {
            return known;
        }
        // A loop is one thread, so nobody else makes the worker of this one.
        Worker made = new Worker(loop, crew, crew.settings().random().split());
        byLoop.put(loop, made);
        var _ =
                loop.scheduleAtFixedRate(
                        () -> sweep(made), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
        return made;
    }

    void adopt(Plan plan) {
        crew.clusters().adopt(plan);
        onEach(worker -> worker.adopt(plan));
    }

    void drainSocket(String name) {
        onEach(worker -> worker.clients().drain(member -> member.socket().equals(name)));
    }

    void close() {
        onEach(
                worker -> {
                    worker.clients().drain(Workers::everyone);
                    worker.clusters().close();
                });
    }

    /** Ends the connections of some sockets, in order; see {@link Listeners#drainInbound}. */
    CompletableFuture<Void> drain(
            Set<String> sockets,
            CompletableFuture<Void> propagated,
            Duration limit,
            Supplier<CompletableFuture<Void>> stopAccepting) {
        return drain(
                new Ending(member -> sockets.contains(member.socket()), limit, _ -> {}),
                propagated,
                stopAccepting);
    }

    /** Ends every connection, in order; see {@link Listeners#drain}. */
    CompletableFuture<Void> drain(
            CompletableFuture<Void> propagated,
            Duration limit,
            Supplier<CompletableFuture<Void>> stopAccepting) {
        return drain(
                new Ending(Workers::everyone, limit, worker -> worker.clusters().close()),
                propagated,
                stopAccepting);
    }

    private CompletableFuture<Void> drain(
            Ending ending,
            CompletableFuture<Void> propagated,
            Supplier<CompletableFuture<Void>> stopAccepting) {
        leaving = ending.who();
        onEach(worker -> worker.clients().finishUp(ending.who()));
        // What was accepted last is with its loop before it is asked who is left.
        return propagated
                .thenCompose(_ -> stopAccepting.get())
                .thenCompose(_ -> waitForAll(ending));
    }

    /** What every loop does at the endpoints that it knows; one place may come several times. */
    CompletableFuture<List<EndpointCount>> counts() {
        CompletableFuture<List<EndpointCount>> all = CompletableFuture.completedFuture(List.of());
        for (Worker worker : byLoop.values()) {
            CompletableFuture<List<EndpointCount>> ofLoop =
                    CompletableFuture.supplyAsync(() -> worker.clusters().counts(), worker.loop());
            all = all.thenCombine(ofLoop, Workers::both);
        }
        return all;
    }

    /** Whether any loop has such a connection. */
    CompletableFuture<Boolean> any(Predicate<ClientConnections.Member> which) {
        CompletableFuture<Boolean> any = CompletableFuture.completedFuture(false);
        for (Worker worker : byLoop.values()) {
            CompletableFuture<Boolean> ofLoop =
                    CompletableFuture.supplyAsync(() -> worker.clients().any(which), worker.loop());
            any = any.thenCombine(ofLoop, Boolean::logicalOr);
        }
        return any;
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private CompletableFuture<Void> waitForAll(Ending ending) {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (Worker worker : byLoop.values()) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            all.add(done);
            worker.loop()
                    .execute(
                            () -> {
                                worker.clients().drain(ending.who());
                                long until = worker.nanos() + ending.limit().toNanos();
                                new Waiting(worker, ending, until, done).check();
                            });
        }
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    private static boolean everyone(ClientConnections.Member member) {
        return true;
    }

    private void onEach(Consumer<Worker> action) {
        byLoop.values().forEach(worker -> worker.loop().execute(() -> action.accept(worker)));
    }

    private static void sweep(Worker worker) {
        worker.clusters().sweep();
        worker.clients().sweep(worker.nanos());
    }

    private static Class<? extends Channel> channelClass(LoopResources loops, EventLoop loop) {
        return loops.onChannelClass(SocketChannel.class, loop);
    }

    /**
     * What is to end.
     *
     * @param limit how long it may take
     * @param after what follows on each loop
     */
    private record Ending(
            Predicate<ClientConnections.Member> who, Duration limit, Consumer<Worker> after) {}

    /** Waits on one loop until those who are to end are gone, or the time is up. */
    private record Waiting(
            Worker worker, Ending ending, long untilNanos, CompletableFuture<Void> done) {

        void check() {
            if (!worker.clients().any(ending.who()) || worker.nanos() - untilNanos >= 0) {
                worker.clients().close(ending.who());
                ending.after().accept(worker);
                done.complete(null);
                return;
            }
            ScheduledFuture<?> _ =
                    worker.loop().schedule(this::check, DRAIN_CHECK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}

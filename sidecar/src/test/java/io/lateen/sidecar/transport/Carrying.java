package io.lateen.sidecar.transport;

import io.lateen.sidecar.exchange.ConnectionObserver;
import io.lateen.sidecar.exchange.Exchange;
import io.lateen.sidecar.exchange.ExchangeObserver;
import io.lateen.sidecar.exchange.HeaderName;
import io.lateen.sidecar.exchange.Observers;
import io.lateen.sidecar.exchange.Principals;
import io.lateen.sidecar.exchange.ResponseFlag;
import io.lateen.sidecar.exchange.ResponseHead;
import io.lateen.sidecar.exchange.TcpFlow;
import io.lateen.sidecar.overload.Room;
import io.lateen.sidecar.plan.LivePlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.tls.Tls;
import io.lateen.sidecar.upstream.Settings;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/** The request path on its own: listeners, a plan, and a record of what was carried. */
public final class Carrying implements AutoCloseable {
    /** What was recorded of a request. */
    public record Seen(
            String method,
            String target,
            int status,
            String flags,
            long received,
            long sent,
            int attempts,
            @Nullable String requestId,
            int grpcStatus,
            Principals principals) {}

    private final LoopResources loops;
    private final Listeners listeners;
    private final Tls tls;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final List<TcpFlow> flows = new CopyOnWriteArrayList<>();

    private Carrying(Settings settings, int workers, Tls tls) {
        this.tls = tls;
        loops = LoopResources.create("carrying", 1, workers, true);
        listeners =
                new Listeners(
                        loops,
                        new LivePlan(),
                        new Observers() {
                            @Override
                            public ExchangeObserver exchanges(EventLoop loop) {
                                return x -> seen.add(record(x));
                            }

                            @Override
                            public ConnectionObserver connections(EventLoop loop) {
                                return recording();
                            }
                        },
                        settings,
                        tls);
    }

    /** Starts with a plan, on one event loop. */
    public static Carrying start(Plan plan) {
        return start(plan, settings(), 1);
    }

    public static Carrying start(Plan plan, Settings settings, int workers) {
        return start(plan, settings, workers, Tls.none());
    }

    /** Starts with an identity. */
    public static Carrying start(Plan plan, Settings settings, int workers, Tls tls) {
        Carrying carrying = new Carrying(settings, workers, tls);
        carrying.apply(plan);
        return carrying;
    }

    public static Settings settings() {
        return settings(System::nanoTime, Room.ENOUGH);
    }

    /** The usual settings by another clock. */
    public static Settings settings(LongSupplier nanos) {
        return settings(nanos, Room.ENOUGH);
    }

    /** The usual settings where there is not room for everything. */
    public static Settings settings(Room room) {
        return settings(System::nanoTime, room);
    }

    private static Settings settings(LongSupplier nanos, Room room) {
        return new Settings(
                true,
                ResponseHead.bytes("lateen"),
                false,
                false,
                room,
                null,
                nanos,
                System::currentTimeMillis,
                new SplittableRandom(42));
    }

    public void apply(Plan plan) {
        List<Listeners.Unbound> faults = listeners.apply(plan);
        if (!faults.isEmpty()) {
            throw new IllegalStateException(faults.toString());
        }
    }

    public Listeners listeners() {
        return listeners;
    }

    /** Where a socket is bound. */
    public InetSocketAddress address(String socket) {
        if (listeners.addresses().get(socket) instanceof InetSocketAddress address) {
            return address;
        }
        throw new IllegalStateException("no socket " + socket);
    }

    /** Holds the loops up that accept connections until {@code go}. */
    public void stopAccepting(CountDownLatch go) {
        holdUp(loops.onServerSelect(true), go);
    }

    /** Holds the loops up that serve connections until {@code go}. */
    public void stopServing(CountDownLatch go) {
        holdUp(loops.onServer(true), go);
    }

    private static void holdUp(EventLoopGroup group, CountDownLatch go) {
        for (EventExecutor loop : group) {
            CountDownLatch stands = new CountDownLatch(1);
            loop.execute(
                    () -> {
                        stands.countDown();
                        await(go);
                    });
            await(stands);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody said go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Requests that ended, in order. */
    public List<Seen> seen() {
        return seen;
    }

    /** Raw connections that ended. */
    public List<TcpFlow> flows() {
        return flows;
    }

    @Override
    public void close() {
        listeners.close();
        tls.close();
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(2)).block(Duration.ofSeconds(5));
    }

    private static Seen record(Exchange x) {
        return new Seen(
                x.request().method(),
                x.request().originalTarget(),
                x.status(),
                ResponseFlag.text(x.flags()),
                x.bytesReceived(),
                x.bytesSent(),
                x.attempts(),
                x.request().header(HeaderName.X_REQUEST_ID),
                x.grpcStatus(),
                x.principals());
    }

    private ConnectionObserver recording() {
        return new ConnectionObserver() {
            @Override
            public void opened(TcpFlow flow) {}

            @Override
            public void ended(TcpFlow flow) {
                flows.add(flow);
            }
        };
    }
}

package io.lateen.sidecar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.plan.ConnectionPolicy;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.RetryCondition;
import io.lateen.sidecar.plan.RetryPlan;
import io.lateen.sidecar.plan.SocketPlan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * E16: with the mesh's default retries, no POST is executed twice, whenever and however a backend
 * breaks off. Two backends count what they execute; resets come before, within and after.
 *
 * <p>For longer: {@code -Dtest.jvm.options="-Dlateen.resets=100000"}.
 */
@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class NoPostTwiceTest {
    private static final long RESETS = Long.getLong("lateen.resets", 1_000);
    private static final int CLIENTS = 48;

    /** What the manager writes where no rule says otherwise. */
    private static final RetryPlan DEFAULT =
            new RetryPlan(
                    2,
                    Set.of(
                            RetryCondition.CONNECT_FAILURE,
                            RetryCondition.REFUSED_STREAM,
                            RetryCondition.UNAVAILABLE,
                            RetryCondition.CANCELLED,
                            RetryCondition.RETRIABLE_STATUS_CODES),
                    Set.of(),
                    RetryPlan.Pace.DEFAULT,
                    new RetryPlan.HostChoice(true, 5, 0));

    private final Map<String, AtomicInteger> executions = new ConcurrentHashMap<>();
    private final AtomicLong resets = new AtomicLong();
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private static Plan plan(
            ConnectionPolicy.UpstreamProtocol protocol, InetSocketAddress... backends) {
        return new Plans()
                .with(Plans.cluster("reviews").at(backends).protocol(protocol))
                .socket(
                        "out",
                        Plans.anyPort(),
                        SocketPlan.Role.GATEWAY,
                        new ListenerPlan.Http(
                                Plans.http(
                                        Direction.GATEWAY,
                                        Plans.route(
                                                "reviews",
                                                new ForwardPolicy(
                                                        0, 0, DEFAULT, List.of(), List.of())))))
                .plan();
    }

    private void execute(String path) {
        executions.computeIfAbsent(path, _ -> new AtomicInteger()).incrementAndGet();
    }

    // ---- a backend of HTTP/1.1 ----

    private void serve(RawServer.Connection c, SplittableRandom random) throws IOException {
        if (random.nextInt(20) == 0) {
            breakOff(c, random);
            return;
        }
        for (String head = c.head(); !head.isEmpty(); head = c.head()) {
            String path = head.split(" ", -1)[1];
            int fate = random.nextInt(10);
            if (fate == 0) {
                breakOff(c, random);
                return;
            }
            c.read(4);
            execute(path);
            switch (fate) {
                case 1, 2 -> {
                    breakOff(c, random);
                    return;
                }
                case 3 -> {
                    c.write("HTTP/1.1 200 O");
                    breakOff(c, random);
                    return;
                }
                case 4 -> {
                    c.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
                    breakOff(c, random);
                    return;
                }
                case 5 -> {
                    c.write(RawServer.ok("ok"));
                    breakOff(c, random);
                    return;
                }
                case 6 -> c.write("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
                default -> c.write(RawServer.ok("ok"));
            }
        }
    }

    // By a reset, or in order.
    private void breakOff(RawServer.Connection c, SplittableRandom random) throws IOException {
        resets.incrementAndGet();
        if (random.nextBoolean()) {
            c.socket().setSoLinger(true, 0);
            c.socket().close();
        }
    }

    private RawServer backend(long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        return RawServer.start(
                c -> {
                    SplittableRandom own;
                    synchronized (seeds) {
                        own = seeds.split();
                    }
                    serve(c, own);
                });
    }

    // ---- clients ----

    private void post(InetSocketAddress sidecar) throws IOException {
        RawClient client = RawClient.connect(sidecar);
        try {
            while (resets.get() < RESETS) {
                String path = "/" + next.incrementAndGet();
                String answer =
                        client.send(
                                        "POST "
                                                + path
                                                + " HTTP/1.1\r\nHost: reviews\r\n"
                                                + "Content-Length: 4\r\n\r\nbody")
                                .response();
                if (answer.startsWith("HTTP/1.1 200") && answer.endsWith("ok")) {
                    answered.incrementAndGet();
                } else {
                    failed.incrementAndGet();
                }
                if (!answer.startsWith("HTTP/1.1 503") && !answer.endsWith("ok")) {
                    client.close();
                    client = RawClient.connect(sidecar);
                }
            }
        } finally {
            client.close();
        }
    }

    private void run(Plan plan) throws Exception {
        try (Carrying sidecar = Carrying.start(plan);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(
                        clients.submit(
                                () -> {
                                    post(sidecar.address("out"));
                                    return null;
                                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
        assertThat(executions.entrySet().stream().filter(e -> e.getValue().get() > 1))
                .as("executed twice, of %d posts under %d resets", next.get(), resets.get())
                .isEmpty();
        assertThat(resets.get()).isGreaterThanOrEqualTo(RESETS);
        assertThat(executions).hasSizeGreaterThan((int) (RESETS / 2));
        assertThat(answered).hasPositiveValue();
        assertThat(failed).as("what was executed and lost is told").hasPositiveValue();
    }

    @Test
    void noPostIsExecutedTwiceOverHttp1() throws Exception {
        try (RawServer one = backend(1);
                RawServer two = backend(2)) {
            run(plan(ConnectionPolicy.UpstreamProtocol.HTTP1, one.address(), two.address()));
        }
    }

    @Test
    void noPostIsExecutedTwiceOverHttp2() throws Exception {
        try (BreakingHttp2Server one = new BreakingHttp2Server(1, this::execute, resets);
                BreakingHttp2Server two = new BreakingHttp2Server(2, this::execute, resets)) {
            run(plan(ConnectionPolicy.UpstreamProtocol.HTTP2, one.address(), two.address()));
        }
    }
}

package io.lateen.sidecar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.SocketPlan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A backend that closes idle connections at random moments, under load, without retries by rule: no
 * request fails. Repeatable requests meet connections of any age; of the others decision record 4
 * says which connections they trust, so these close no sooner than a server in use would.
 *
 * <p>For longer: {@code -Dtest.jvm.options="-Dlateen.race.seconds=300"}.
 */
@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class KeepAliveRaceTest {
    private static final Duration LASTS =
            Duration.ofSeconds(Long.getLong("lateen.race.seconds", 3));
    private static final int CLIENTS = 40;
    private static final long MOST_REQUESTS = 1_000_000;
    private static final Logger log = LoggerFactory.getLogger(KeepAliveRaceTest.class);

    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong closes = new AtomicLong();

    private static Plan plan(InetSocketAddress backend) {
        return new Plans()
                .with(Plans.cluster("reviews").at(backend))
                .socket(
                        "out",
                        Plans.anyPort(),
                        SocketPlan.Role.GATEWAY,
                        new ListenerPlan.Http(
                                Plans.http(
                                        Direction.GATEWAY,
                                        Plans.route("reviews", ForwardPolicy.PLAIN))))
                .plan();
    }

    /**
     * Closes each connection when it was idle for a time that is drawn anew after each request; the
     * first one may take its time.
     */
    private RawServer backend(int leastMillis, int mostMillis) {
        SplittableRandom random = new SplittableRandom(3);
        return RawServer.start(
                c -> {
                    while (true) {
                        String head;
                        try {
                            head = c.head();
                        } catch (SocketTimeoutException idleForLong) {
                            closes.incrementAndGet();
                            return;
                        }
                        if (head.isEmpty()) {
                            return;
                        }
                        c.socket().setSoTimeout(0);
                        if (head.startsWith("POST")) {
                            c.read(4);
                        }
                        c.write(RawServer.ok("ok"));
                        synchronized (random) {
                            c.socket().setSoTimeout(random.nextInt(leastMillis, mostMillis));
                        }
                    }
                });
    }

    /** Whether no idle connection was closed yet, so that nothing was raced; not for ever. */
    private boolean raceIsOutstanding() {
        return closes.get() == 0 && requests.get() < MOST_REQUESTS;
    }

    /** Sends, waits for a random time, sends again; counts itself out when the time is up. */
    private final class Client {
        private final RawClient connection;
        private final ScheduledExecutorService timer;
        private final ExecutorService threads;
        private final SplittableRandom random;
        private final String request;
        private final long untilNanos;
        private final CountDownLatch done;

        Client(
                InetSocketAddress sidecar,
                ScheduledExecutorService timer,
                ExecutorService threads,
                long seed,
                String request,
                long untilNanos,
                CountDownLatch done)
                throws IOException {
            this.connection = RawClient.connect(sidecar);
            this.timer = timer;
            this.threads = threads;
            this.random = new SplittableRandom(seed);
            this.request = request;
            this.untilNanos = untilNanos;
            this.done = done;
        }

        void send() {
            try {
                requests.incrementAndGet();
                String answer = connection.send(request).response();
                if (!answer.startsWith("HTTP/1.1 200") || !answer.endsWith("ok")) {
                    failures.add(answer);
                }
                if (System.nanoTime() - untilNanos < 0 || raceIsOutstanding()) {
                    // Mostly soon, at times so late that connections have grown old.
                    int millis = random.nextInt(10) == 0 ? random.nextInt(3000) : random.nextInt(8);
                    var _ =
                            timer.schedule(
                                    () -> threads.execute(this::send),
                                    millis,
                                    TimeUnit.MILLISECONDS);
                    return;
                }
                connection.close();
            } catch (IOException e) {
                failures.add(e.toString());
            }
            done.countDown();
        }
    }

    private void run(RawServer backend, String request) throws Exception {
        CountDownLatch done = new CountDownLatch(CLIENTS);
        try (Carrying sidecar = Carrying.start(plan(backend.address()));
                ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long until = System.nanoTime() + LASTS.toNanos();
            for (int i = 0; i < CLIENTS; i++) {
                Client client =
                        new Client(sidecar.address("out"), timer, threads, i, request, until, done);
                threads.execute(client::send);
            }
            assertThat(done.await(LASTS.toSeconds() + 60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(failures)
                .as("of %d requests, %d idle connections closed", requests.get(), closes.get())
                .isEmpty();
        assertThat(requests.get()).isGreaterThan(CLIENTS * 10L);
        assertThat(closes.get()).as("idle connections that were closed").isPositive();
        log.info("requests={} idleConnectionsClosed={}", requests, closes);
    }

    @Test
    void noRepeatableRequestFails() throws Exception {
        try (RawServer backend = backend(1, 3000)) {
            run(backend, "GET / HTTP/1.1\r\nHost: reviews\r\n\r\n");
        }
    }

    @Test
    void noOtherRequestFails() throws Exception {
        try (RawServer backend = backend(1100, 3000)) {
            run(backend, "POST / HTTP/1.1\r\nHost: reviews\r\nContent-Length: 4\r\n\r\nbody");
        }
    }
}

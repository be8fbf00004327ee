package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.identity.LiveCertificate;
import io.lateen.identity.WorkloadCertificate;
import io.lateen.sidecar.tls.Tls;
import io.lateen.sidecar.tls.Workloads;
import io.lateen.testkit.certificate.ScriptedAuthority;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Certificates that live for seconds, renewed at half of it, under requests on kept and on fresh
 * connections and a stream that lasts: nothing fails.
 *
 * <p>For longer: {@code -Dtest.jvm.options="-Dlateen.renewal.seconds=300
 * -Dlateen.renewal.lifetime=60"}.
 */
class RenewalUnderLoadTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: reviews\r\n\r\n";
    private static final Duration LASTS =
            Duration.ofSeconds(Long.getLong("lateen.renewal.seconds", 8));
    private static final Duration LIFETIME =
            Duration.ofSeconds(Long.getLong("lateen.renewal.lifetime", 3));

    private final Workloads workloads = new Workloads();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final ScheduledExecutorService authority = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() throws Exception {
        authority.shutdownNow();
        callers.shutdownNow();
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        open.add(resource);
        return resource;
    }

    private WorkloadCertificate shortLived(String account) {
        Instant now = InstantSource.system().instant();
        return workloads.certificate(
                ScriptedAuthority.Wish.workload(Workloads.identity(account), now)
                        .between(now.minusSeconds(1), now.plus(LIFETIME)));
    }

    /** An identity whose certificate is another one at each half life. */
    private Tls renewing(String account) {
        LiveCertificate live = new LiveCertificate(shortLived(account));
        long half = LIFETIME.toMillis() / 2;
        var _ =
                authority.scheduleAtFixedRate(
                        () -> live.publish(shortLived(account)), half, half, TimeUnit.MILLISECONDS);
        return Tls.of(live, InstantSource.system());
    }

    @Test
    void failsNoRequestAndBreaksNoStream() throws Exception {
        RawServer requests = closing(RawServer.answering(RawServer.ok("hello")));
        RawServer echo =
                closing(
                        RawServer.start(
                                connection ->
                                        connection
                                                .in()
                                                .transferTo(
                                                        connection.socket().getOutputStream())));
        Carrying httpServer = sidecar(TlsPlans.strictHttp(requests.address()), "reviews");
        Carrying tcpServer = sidecar(TlsPlans.strictTcp(echo.address()), "reviews");
        Carrying kept = sidecar(TlsPlans.outboundHttp(reviews(httpServer)), "productpage");
        Carrying fresh =
                sidecar(TlsPlans.outboundHttp(reviews(httpServer).maxRequests(1)), "productpage");
        Carrying stream = sidecar(TlsPlans.outboundTcp(reviews(tcpServer)), "productpage");
        long until = System.nanoTime() + LASTS.toNanos();

        Future<Integer> onKept = callers.submit(calling(kept, until));
        Future<Integer> onFresh = callers.submit(calling(fresh, until));
        Future<Integer> onStream = callers.submit(streaming(stream, until));
        int answered = onKept.get() + onFresh.get();
        int echoed = onStream.get();

        System.out.printf(
                "%d requests and one stream of %d messages in %d s, certificates of %d s: none failed%n",
                answered, echoed, LASTS.toSeconds(), LIFETIME.toSeconds());
        assertThat(answered).isGreaterThan((int) LASTS.toSeconds() * 20);
        assertThat(echoed).isGreaterThan((int) LASTS.toSeconds() * 20);
        assertThat(kept.seen()).allMatch(each -> each.status() == 200 && each.attempts() == 1);
        assertThat(fresh.seen()).allMatch(each -> each.status() == 200 && each.attempts() == 1);
        eventually(() -> assertThat(stream.flows()).hasSize(1));
        assertThat(stream.flows().getFirst().failure()).isNull();
        assertThat(requests.heads())
                .as("identities that the application was told")
                .allMatch(each -> each.contains("URI=" + Workloads.identity("productpage")));
    }

    private Carrying sidecar(io.lateen.sidecar.plan.Plan plan, String account) {
        return closing(Carrying.start(plan, Carrying.settings(), 1, renewing(account)));
    }

    private static Plans.Cluster reviews(Carrying server) {
        return TlsPlans.reviews(server.address("virtualInbound"), TlsPlans.to("reviews"));
    }

    private static Callable<Integer> calling(Carrying through, long until) {
        return () -> {
            int answered = 0;
            try (RawClient client = RawClient.connect(through.address("dependency"))) {
                while (System.nanoTime() < until) {
                    String answer = client.send(GET).response();
                    if (!answer.startsWith("HTTP/1.1 200")) {
                        throw new IOException("request " + answered + ": " + answer);
                    }
                    answered++;
                }
            }
            return answered;
        };
    }

    private static Callable<Integer> streaming(Carrying through, long until) {
        return () -> {
            int echoed = 0;
            try (RawClient client = RawClient.connect(through.address("dependency"))) {
                while (System.nanoTime() < until) {
                    String message = "message %012d".formatted(echoed);
                    String back = client.send(message).read(message.length());
                    if (!back.equals(message)) {
                        throw new IOException("message " + echoed + ": '" + back + "'");
                    }
                    echoed++;
                }
                return echoed;
            }
        };
    }
}

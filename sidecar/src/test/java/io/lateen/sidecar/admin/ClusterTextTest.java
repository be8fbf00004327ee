package io.lateen.sidecar.admin;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.plan.EndpointPlan;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.OutlierPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.sidecar.transport.Carrying;
import io.lateen.sidecar.transport.Plans;
import io.lateen.sidecar.transport.RawClient;
import io.lateen.sidecar.transport.RawServer;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What {@code /clusters} says while requests run, over a real request path. */
@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class ClusterTextTest {

    private static final String GET = "GET / HTTP/1.1\r\nHost: app\r\n\r\n";

    private Plan plan = Plan.EMPTY;

    @Test
    void showsRequestsAndConnectionsWhileTheyLast() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    while (!c.head().isEmpty()) {
                                        awaited(answer);
                                        c.write(RawServer.ok("done"));
                                    }
                                });
                Carrying sidecar = Carrying.start(http(Plans.cluster("app").at(app.address())));
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            String at = at(app.address());
            assertThat(page(sidecar)).contains(at + "rq_active::0\n");

            client.send(GET);

            eventually(
                    () ->
                            assertThat(page(sidecar))
                                    .contains(at + "rq_active::1\n")
                                    .contains(at + "cx_active::1\n")
                                    .contains(at + "health_flags::healthy\n"));
            answer.countDown();
            assertThat(client.response()).endsWith("done");
            assertThat(page(sidecar))
                    .contains(at + "rq_active::0\n")
                    .contains(at + "rq_total::1\n")
                    .contains(at + "cx_active::1\n")
                    .contains(at + "cx_total::1\n")
                    .contains(at + "cx_connect_fail::0\n");
        }
    }

    @Test
    void showsRawConnectionsAndThoseThatCouldNotBeMade() throws Exception {
        RawServer gone = RawServer.answering("");
        gone.close();
        try (RawServer app = RawServer.start(c -> c.in().readAllBytes());
                Carrying sidecar = Carrying.start(tcp(app.address()));
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            client.send("hello");
            eventually(
                    () ->
                            assertThat(page(sidecar))
                                    .contains(at(app.address()) + "cx_active::1\n")
                                    .contains(at(app.address()) + "rq_active::1\n"));

            client.socket().close();
            eventually(
                    () ->
                            assertThat(page(sidecar))
                                    .contains(at(app.address()) + "cx_active::0\n")
                                    .contains(at(app.address()) + "cx_total::1\n"));
        }
        try (Carrying sidecar = Carrying.start(tcp(gone.address()));
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            assertThat(client.readAll()).isEmpty();
            assertThat(page(sidecar))
                    .doesNotContain(at(gone.address()) + "cx_connect_fail::0\n")
                    .contains(at(gone.address()) + "cx_active::0\n");
        }
    }

    @Test
    void showsWhoIsLeftOutAndWhy() throws Exception {
        OutlierPlan atOnce =
                new OutlierPlan(
                        1,
                        0,
                        0,
                        false,
                        TimeUnit.SECONDS.toNanos(1),
                        TimeUnit.MINUTES.toNanos(10),
                        TimeUnit.MINUTES.toNanos(10),
                        100);
        try (RawServer failing =
                        RawServer.answering("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
                RawServer unhealthy = RawServer.answering(RawServer.ok("never asked"));
                Carrying sidecar =
                        Carrying.start(
                                http(
                                        Plans.cluster("app")
                                                .at(failing.address())
                                                .endpoint(
                                                        unhealthy.address(),
                                                        1,
                                                        EndpointPlan.Health.UNHEALTHY,
                                                        0)
                                                .outlier(atOnce)));
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 500");

            assertThat(page(sidecar))
                    .contains(at(failing.address()) + "health_flags::/failed_outlier_check\n")
                    .contains(at(unhealthy.address()) + "health_flags::/failed_eds_health\n");
        }
    }

    @Test
    void printsAnEmptyPlanAsNothing() {
        assertThat(ClusterText.print(Plan.EMPTY, List.of())).isEmpty();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Plan http(Plans.Cluster cluster) {
        plan =
                new Plans()
                        .with(cluster)
                        .socket(
                                "in",
                                Plans.anyPort(),
                                SocketPlan.Role.INBOUND,
                                new ListenerPlan.Http(
                                        Plans.http(
                                                Direction.INBOUND,
                                                Plans.route("app", ForwardPolicy.PLAIN))))
                        .plan();
        return plan;
    }

    private Plan tcp(InetSocketAddress app) {
        plan =
                new Plans()
                        .with(Plans.cluster("app").at(app))
                        .socket(
                                "in",
                                Plans.anyPort(),
                                SocketPlan.Role.INBOUND,
                                new ListenerPlan.Tcp(Plans.tcp("app")))
                        .plan();
        return plan;
    }

    private String page(Carrying sidecar) throws Exception {
        return ClusterText.print(plan, sidecar.listeners().counts().get(10, TimeUnit.SECONDS));
    }

    private static String at(InetSocketAddress address) {
        return "app::%s:%d::".formatted(address.getHostString(), address.getPort());
    }
}

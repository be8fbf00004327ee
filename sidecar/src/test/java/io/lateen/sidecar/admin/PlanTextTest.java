package io.lateen.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.plan.Detection;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.sidecar.transport.Plans;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class PlanTextTest {
    private static InetSocketAddress at(int port) {
        return InetSocketAddress.createUnresolved("127.0.2.1", port);
    }

    @Test
    void saysOfEachSocketWhatIsSpokenThere() {
        ListenerPlan http =
                new ListenerPlan.Http(
                        Plans.http(Direction.INBOUND, Plans.route("app", ForwardPolicy.PLAIN)));
        ListenerPlan sniffed =
                new ListenerPlan.Sniffed(
                        Plans.http(Direction.OUTBOUND, Plans.route("app", ForwardPolicy.PLAIN)),
                        Plans.tcp("app"),
                        new Detection(5_000_000_000L, true));
        Plans plans =
                new Plans()
                        .socket("web", at(8080), SocketPlan.Role.INBOUND, http)
                        .socket(
                                "db",
                                at(3306),
                                SocketPlan.Role.INBOUND,
                                new ListenerPlan.Tcp(Plans.tcp("app")))
                        .socket("any", at(7000), SocketPlan.Role.INBOUND, sniffed)
                        .socket("out", at(15001), SocketPlan.Role.OUTBOUND_CAPTURE)
                        .named("app:9000", sniffed)
                        .dependency("dep", at(9000), "app", 9000);

        assertThat(PlanText.listeners(plans.plan()).lines())
                .containsExactly(
                        "web::127.0.2.1:8080 INBOUND, HTTP",
                        "db::127.0.2.1:3306 INBOUND, bytes",
                        "any::127.0.2.1:7000 INBOUND, HTTP or bytes by what is sent first,"
                                + " undecided for at most 5000 ms",
                        "out::127.0.2.1:15001 OUTBOUND_CAPTURE",
                        "dep::127.0.2.1:9000 DEPENDENCY, HTTP or bytes by what is sent first,"
                                + " undecided for at most 5000 ms");
    }
}

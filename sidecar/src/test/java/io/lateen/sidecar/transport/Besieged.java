package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.SocketPlan;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A sidecar that is attacked, in front of an application that answers {@code /ok} and nothing else,
 * and somebody else's connection to it.
 */
final class Besieged implements AutoCloseable {

    /** Envoy's measure: what costs an attacker a byte may cost no more than so many. */
    static final int FACTOR = 100;

    /** Buffers that are there without any attack. */
    private static final long USUAL = 1 << 20;

    private static final String OK = "GET /ok HTTP/1.1\r\nHost: a\r\n\r\n";

    /** The two sockets that strangers reach. */
    enum Front {
        INBOUND(SocketPlan.Role.INBOUND, Direction.INBOUND),
        GATEWAY(SocketPlan.Role.GATEWAY, Direction.GATEWAY);

        private final SocketPlan.Role role;
        private final Direction direction;

        Front(SocketPlan.Role role, Direction direction) {
            this.role = role;
            this.direction = direction;
        }
    }

    private final AtomicLong ahead = new AtomicLong();
    private final RawServer app =
            RawServer.start(
                    connection -> {
                        for (String head = connection.head();
                                !head.isEmpty();
                                head = connection.head()) {
                            if (head.startsWith("GET /ok ")) {
                                connection.write(RawServer.ok("ok"));
                            }
                        }
                    });
    private final Carrying sidecar;
    private final RawClient bystander;
    private final long buffersBefore = PooledByteBufAllocator.DEFAULT.pinnedDirectMemory();

    Besieged(Front front) throws IOException {
        sidecar =
                Carrying.start(
                        new Plans()
                                .with(Plans.cluster("app").at(app.address()))
                                .socket(
                                        "front",
                                        Plans.anyPort(),
                                        front.role,
                                        new ListenerPlan.Http(
                                                Plans.http(
                                                        front.direction,
                                                        Plans.route("app", ForwardPolicy.PLAIN))))
                                .plan(),
                        Carrying.settings(() -> System.nanoTime() + ahead.get()),
                        1);
        bystander = connect();
        assertUnharmed();
    }

    RawClient connect() throws IOException {
        return RawClient.connect(sidecar.address("front"));
    }

    RawHttp2 connectHttp2() throws IOException {
        return new RawHttp2(sidecar.address("front"));
    }

    /** Lets time go by for the sidecar. */
    void later(long nanos) {
        ahead.addAndGet(nanos);
    }

    /** The heads that reached the application, but for those that it is meant to answer. */
    List<String> passed() {
        return app.heads().stream().filter(head -> !head.startsWith("GET /ok ")).toList();
    }

    Carrying sidecar() {
        return sidecar;
    }

    /** Whoever else is connected is served on the same connection as before. */
    void assertUnharmed() throws IOException {
        assertThat(bystander.send(OK).response()).startsWith("HTTP/1.1 200 ").endsWith("ok");
    }

    /** What the sidecar keeps for an attacker is in proportion to what the attacker sent. */
    void assertBounded(long sent) {
        eventually(
                () ->
                        assertThat(
                                        PooledByteBufAllocator.DEFAULT.pinnedDirectMemory()
                                                - buffersBefore)
                                .isLessThan(USUAL + FACTOR * sent));
    }

    @Override
    public void close() throws IOException {
        bystander.close();
        sidecar.close();
        app.close();
    }
}

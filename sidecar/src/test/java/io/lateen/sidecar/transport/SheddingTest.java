package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.overload.Room;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.SocketPlan;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is refused when there is no room, and that it is taken again when there is. */
class SheddingTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: reviews\r\n\r\n";

    private final AtomicReference<@Nullable String> full = new AtomicReference<>();

    @Test
    void newRequestsAreRefusedWhileMemoryIsFullAndTakenAgainAfterwards() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("x"));
                Carrying sidecar =
                        Carrying.start(
                                Plans.inbound(app.address()),
                                Carrying.settings(new Room(full::get, 100)),
                                1);
                RawClient client = RawClient.connect(sidecar.address("virtualInbound"))) {
            assertThat(client.send(GET).response()).startsWith("HTTP/1.1 200 ");

            full.set("the heap is nearly full");
            assertThat(client.send(GET).response())
                    .startsWith("HTTP/1.1 503 ")
                    .contains("x-lateen-reason: OM; ")
                    .contains("the heap is nearly full");
            full.set(null);

            assertThat(client.send(GET).response())
                    .as("on the same connection")
                    .startsWith("HTTP/1.1 200 ");
            assertThat(app.heads()).hasSize(2);
            eventually(() -> assertThat(sidecar.seen()).hasSize(3));
            assertThat(sidecar.seen().get(1).flags()).isEqualTo("OM");
        }
    }

    @Test
    void rawConnectionsAreClosedWhileMemoryIsFull() throws IOException {
        try (RawServer app = RawServer.answering("hello");
                Carrying sidecar =
                        Carrying.start(
                                bytes(app), Carrying.settings(new Room(full::get, 100)), 1)) {
            full.set("the heap is nearly full");
            try (RawClient client = RawClient.connect(sidecar.address("in"))) {
                assertThat(client.readAll()).isEmpty();
            }
            assertThat(app.connections()).isZero();

            full.set(null);
            try (RawClient client = RawClient.connect(sidecar.address("in"))) {
                assertThat(client.send(GET).read(5)).isEqualTo("hello");
            }
        }
    }

    @Test
    void noMoreConnectionsAreKeptThanThereAreFilesFor() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("x"));
                Carrying sidecar =
                        Carrying.start(
                                Plans.inbound(app.address()),
                                Carrying.settings(new Room(full::get, 2)),
                                1)) {
            try (RawClient first = RawClient.connect(sidecar.address("virtualInbound"));
                    RawClient second = RawClient.connect(sidecar.address("virtualInbound"))) {
                assertThat(first.send(GET).response()).endsWith("x");
                assertThat(second.send(GET).response()).endsWith("x");
                try (RawClient third = RawClient.connect(sidecar.address("virtualInbound"))) {
                    assertThat(third.readAll()).isEmpty();
                }
                assertThat(first.send(GET).response()).as("of no harm to others").endsWith("x");
            }
            eventually(
                    () -> {
                        try (RawClient next =
                                RawClient.connect(sidecar.address("virtualInbound"))) {
                            assertThat(next.send(GET).response()).endsWith("x");
                        }
                    });
        }
    }

    private static Plan bytes(RawServer app) {
        return new Plans()
                .with(Plans.cluster("app").at(app.address()))
                .socket(
                        "in",
                        Plans.anyPort(),
                        SocketPlan.Role.INBOUND,
                        new ListenerPlan.Tcp(Plans.tcp("app")))
                .plan();
    }
}

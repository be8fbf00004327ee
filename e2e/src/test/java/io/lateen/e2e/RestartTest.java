package io.lateen.e2e;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.e2e.fixture.Callers;
import io.lateen.e2e.fixture.Closing;
import io.lateen.e2e.fixture.ManagerClient;
import io.lateen.e2e.fixture.Mesh;
import io.lateen.e2e.fixture.OnTheMesh;
import io.lateen.e2e.fixture.Rolling;
import io.lateen.e2e.fixture.SteadyLoad;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A service of two instances is restarted, one instance after the other, while it is called: no
 * call fails, though nobody repeats any.
 *
 * <p>The long form, ten minutes: {@code -Dlateen.restarts=200 -Dlateen.restarts.rate=500}.
 */
@OnTheMesh
class RestartTest {

    private static final int RESTARTS = Integer.getInteger("lateen.restarts", 4);

    /** Calls per second of all kinds together; this JVM shares two cores with the mesh. */
    private static final int RATE = Integer.getInteger("lateen.restarts.rate", 200);

    private static final String WITHOUT_RETRIES =
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: rolling, namespace: default}
            spec:
              hosts: [rolling]
              http:
              - retries: {attempts: 0}
                route: [{destination: {host: rolling}}]
            """;

    private static final Closing closing = new Closing();
    private static List<Rolling> instances = List.of();

    @BeforeAll
    static void start(Mesh mesh) {
        instances =
                Closing.sideBySide(
                        List.of(
                                () -> closing.keep(Rolling.start(mesh, "v1")),
                                () -> closing.keep(Rolling.start(mesh, "v2"))));
        awaitBoth(mesh);
    }

    @AfterAll
    static void stop() {
        closing.close();
    }

    @Test
    void rollingRestartsUnderLoadFailNoCall(Mesh mesh) throws Exception {
        mesh.apply(WITHOUT_RETRIES);
        long begin = System.nanoTime();
        Map<String, SteadyLoad.Tally> outcome;
        try (SteadyLoad load = load(mesh)) {
            for (int i = 0; i < RESTARTS; i++) {
                Rolling instance = instances.get(i % instances.size());
                if (i % 4 < 2) {
                    instance.restartSidecarAlone();
                } else {
                    instance.restartAsLateenRunDoes();
                }
                awaitBoth(mesh);
            }
            outcome = load.end();
        }

        System.out.printf(
                "%d restarts in %d s%n",
                RESTARTS, Duration.ofNanos(System.nanoTime() - begin).toSeconds());
        outcome.forEach((kind, tally) -> System.out.printf("  %s: %s%n", kind, tally));
        assertThat(outcome)
                .allSatisfy(
                        (kind, tally) -> {
                            assertThat(tally.made()).as(kind).isPositive();
                            assertThat(tally.failed()).as(kind + ": " + tally).isZero();
                        });
    }

    private static SteadyLoad load(Mesh mesh) {
        return new SteadyLoad()
                .with(
                        "POST over HTTP/1.1",
                        8,
                        RATE / 2,
                        () -> Callers.posting(mesh.caller(), Rolling.HTTP_HOST))
                .with(
                        "unary gRPC over HTTP/2",
                        4,
                        RATE * 2 / 5,
                        () -> Callers.calling(mesh.caller(), Rolling.GRPC_HOST))
                .with(
                        "gRPC streams",
                        Math.max(8, RATE / 20),
                        RATE / 10,
                        () -> Callers.streaming(mesh.caller(), Rolling.GRPC_HOST));
    }

    private static void awaitBoth(Mesh mesh) {
        ManagerClient client = mesh.client();
        eventually(
                Duration.ofSeconds(30),
                mesh.ground()::dump,
                () -> assertThat(Rolling.healthy(client)).hasSize(instances.size()));
    }
}

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
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A service is restarted, one half of its instances after the other, while it is called: no call
 * fails, though nobody repeats any.
 *
 * <p>The long form, ten minutes: {@code -Dlateen.restarts=200 -Dlateen.restarts.instances=4
 * -Dlateen.restarts.rate=500}.
 */
@OnTheMesh
class RestartTest {

    private static final int RESTARTS = Integer.getInteger("lateen.restarts", 4);

    private static final int INSTANCES = Integer.getInteger("lateen.restarts.instances", 2);

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
                        IntStream.rangeClosed(1, INSTANCES)
                                .<Callable<Rolling>>mapToObj(
                                        i -> () -> closing.keep(Rolling.start(mesh, "v" + i)))
                                .toList());
        awaitAll(mesh);
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
            int half = INSTANCES / 2;
            for (int i = 0; i < RESTARTS / half; i++) {
                boolean sidecarAlone = i % 4 < 2;
                Closing.sideBySide(
                        instances.subList(i % 2 * half, (i % 2 + 1) * half).stream()
                                .map(each -> restart(each, sidecarAlone))
                                .toList());
                awaitAll(mesh);
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

    private static Callable<Rolling> restart(Rolling instance, boolean sidecarAlone) {
        return () -> {
            if (sidecarAlone) {
                instance.restartSidecarAlone();
            } else {
                instance.restartAsLateenRunDoes();
            }
            return instance;
        };
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

    private static void awaitAll(Mesh mesh) {
        ManagerClient client = mesh.client();
        eventually(
                Duration.ofSeconds(30),
                mesh.ground()::dump,
                () -> assertThat(Rolling.healthy(client)).hasSize(instances.size()));
    }
}

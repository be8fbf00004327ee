package io.lateen.e2e;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.e2e.fixture.Answer;
import io.lateen.e2e.fixture.Echo;
import io.lateen.e2e.fixture.EchoMesh;
import io.lateen.e2e.fixture.SidecarProcess;
import io.lateen.e2e.fixture.Wire;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How soon a workload is gone from the mesh when its sidecar ends, in whatever way. */
@Tag("mesh")
class RegistrationTest {

    private static EchoMesh mesh;

    @BeforeAll
    static void start() {
        mesh = EchoMesh.start("registration", 2);
    }

    @AfterAll
    static void stop() {
        mesh.close();
    }

    /** As Istio's users expect of a service that is known: nobody answers, not "no such host". */
    @Test
    void aServiceWhoseWorkloadsHaveAllGoneAnswers503() throws IOException {
        mesh.managers()
                .forEach(manager -> eventually(() -> assertThat(mesh.healthy(manager)).hasSize(2)));

        mesh.echoes().forEach(echo -> echo.sidecar().stop());

        mesh.managers()
                .forEach(manager -> eventually(() -> assertThat(mesh.healthy(manager)).isEmpty()));
        try (Wire wire = mesh.caller().outbound()) {
            eventually(
                    () -> {
                        Answer answer = wire.get(Echo.HOST, "/");
                        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
                        assertThat(answer.body()).startsWith("no healthy endpoint");
                    });
        } finally {
            mesh.echoes().forEach(echo -> echo.sidecar().restart());
        }
    }

    /** Asked of the manager that the sidecar was not at, or of the one that it was: both know. */
    @ParameterizedTest
    @CsvSource({"TERM, 2", "KILL, 10", "STOP, 10"})
    void aWorkloadIsGoneFromEveryManagerInTime(String signal, int seconds) {
        SidecarProcess leaving = mesh.echoes().getFirst().sidecar();
        String stays = mesh.echoes().getLast().sidecar().address();
        mesh.managers()
                .forEach(manager -> eventually(() -> assertThat(mesh.healthy(manager)).hasSize(2)));

        long begin = System.nanoTime();
        leaving.signal(signal);

        mesh.managers()
                .forEach(
                        manager ->
                                eventually(
                                        Duration.ofSeconds(seconds)
                                                .minusNanos(System.nanoTime() - begin),
                                        mesh::dump,
                                        () ->
                                                assertThat(mesh.healthy(manager))
                                                        .containsExactly(stays)));
        System.out.printf(
                "gone %d ms after SIG%s%n",
                Duration.ofNanos(System.nanoTime() - begin).toMillis(), signal);
        leaving.signal("CONT");
        leaving.restart();
    }
}

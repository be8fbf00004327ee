package io.lateen.e2e;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.e2e.fixture.Answer;
import io.lateen.e2e.fixture.Changes;
import io.lateen.e2e.fixture.Echo;
import io.lateen.e2e.fixture.EchoMesh;
import io.lateen.e2e.fixture.ManagerClient;
import io.lateen.e2e.fixture.PrometheusProcess;
import io.lateen.e2e.fixture.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A real Prometheus scrapes the sidecars, and what it says is what was sent. */
@Tag("mesh")
class PrometheusTest {

    private static final int CALLS = 600;
    private static final String ECHO =
            "destination_service=\"echo.default.svc.cluster.local\",request_protocol=\"http\"";

    @Test
    void requestsSentAreRequestsCountedAtBothEnds() throws IOException {
        try (EchoMesh mesh = EchoMesh.start("prometheus", 1)) {
            ManagerClient manager = new ManagerClient(mesh.managers().getFirst());
            manager.revision(manager.apply(Changes.SUBSETS));
            List<String> addresses =
                    List.of(
                            mesh.caller().address(),
                            mesh.echoes().getFirst().sidecar().address(),
                            mesh.echoes().getLast().sidecar().address());
            try (PrometheusProcess prometheus = PrometheusProcess.start(mesh.ground(), addresses)) {
                // What was counted while the mesh came up is not of this test.
                Map<String, Long> before = settled(prometheus, mesh);
                long arrivedBefore = arrived(mesh);

                try (Wire wire = mesh.caller().outbound()) {
                    for (int call = 0; call < CALLS; call++) {
                        Answer answer = wire.get(Echo.HOST, "/");
                        assertThat(answer.status()).isEqualTo(200);
                    }
                }

                assertThat(arrived(mesh) - arrivedBefore).isEqualTo(CALLS);
                eventually(
                        Duration.ofSeconds(30),
                        () -> {
                            Map<String, Long> now = counted(prometheus);
                            now.replaceAll((what, n) -> n - before.getOrDefault(what, 0L));
                            assertThat(now)
                                    .as("of %s", prometheus.text())
                                    .allSatisfy((_, n) -> assertThat(n).isEqualTo(CALLS));
                        });
            }
        }
    }

    /** What has been counted once all that arrived has been scraped. */
    private static Map<String, Long> settled(PrometheusProcess prometheus, EchoMesh mesh) {
        eventually(
                Duration.ofSeconds(30),
                mesh::dump,
                () ->
                        assertThat(counted(prometheus))
                                .containsEntry("source", arrived(mesh))
                                .containsEntry("destination", arrived(mesh)));
        return counted(prometheus);
    }

    private static long arrived(EchoMesh mesh) {
        return mesh.echoes().stream().mapToLong(echo -> echo.application().calls()).sum();
    }

    private static Map<String, Long> counted(PrometheusProcess prometheus) {
        String answered = ECHO + ",response_code=\"200\"";
        return new TreeMap<>(
                Map.of(
                        "source",
                        prometheus.sum(
                                "istio_requests_total{reporter=\"source\","
                                        + "source_workload=\"caller-v1\","
                                        + answered
                                        + "}"),
                        "destination",
                        prometheus.sum(
                                "istio_requests_total{reporter=\"destination\","
                                        + "source_workload=\"caller-v1\","
                                        + answered
                                        + "}"),
                        "of both versions",
                        prometheus.sum(
                                "istio_requests_total{reporter=\"source\","
                                        + "destination_version=~\"v1|v2\","
                                        + answered
                                        + "}"),
                        "durations",
                        prometheus.sum(
                                "istio_request_duration_milliseconds_count{reporter=\"destination\","
                                        + answered
                                        + "}")));
    }
}

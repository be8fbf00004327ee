package io.lateen.mixer;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.envoyproxy.envoy.data.accesslog.v3.HTTPAccessLogEntry;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.util.Collections;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The mixer whole, on a real database, with gRPC's client as the proxy. */
final class MixerTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    @Test
    void whatAProxyReportsIsDrawn() throws Exception {
        try (RunningMixer mixer = RunningMixer.on(EmbeddedDatabase.fresh())) {
            Records.send(
                    mixer.channel(),
                    List.of(
                            Records.batch(Collections.nCopies(9, Records.toBack(200, 4))),
                            Records.batch(List.of(Records.toBack(503, 4)))));

            JsonNode graph = mixer.graph();

            JsonNode edge = graph.path("edges").path(0);
            assertThat(edge.path("source").asString()).isEqualTo("default/front-v1");
            assertThat(edge.path("target").asString()).isEqualTo("default/back-v1");
            assertThat(edge.path("service").asString()).isEqualTo("back.default.svc.cluster.local");
            assertThat(edge.path("protocol").asString()).isEqualTo("http");
            assertThat(edge.path("requests").asInt()).isEqualTo(10);
            assertThat(edge.path("errorRate").asDouble()).isEqualTo(0.1);
            assertThat(edge.path("codes").toString()).isEqualTo("{\"200\":9,\"503\":1}");
            assertThat(edge.path("p95").asDouble()).isBetween(3.6, 4.4);
            assertThat(edge.path("mtls").asString()).isEqualTo("unknown");
            assertThat(graph.path("dropped").asInt()).isZero();
            assertThat(graph.path("nodes").path(0).toString())
                    .isEqualTo(
                            "{\"id\":\"default/back-v1\",\"kind\":\"workload\",\"namespace\":\"default\","
                                    + "\"workload\":\"back-v1\",\"service\":\"back\",\"version\":\"v1\"}");
            assertThat(mixer.get("/lateen/v1/graph?format=dot&window=1h").body())
                    .startsWith("digraph mesh {")
                    .contains("\"default/front-v1\" -> \"default/back-v1\"");
            assertThat(mixer.get("/actuator/prometheus").body())
                    .contains("lateen_mixer_calls_received_total 10.0");
        }
    }

    @Test
    void whatASidecarDroppedIsShown() throws Exception {
        try (RunningMixer mixer = RunningMixer.on(EmbeddedDatabase.fresh())) {
            HTTPAccessLogEntry entry = Records.toBack(200, 1);
            HTTPAccessLogEntry late =
                    entry.toBuilder()
                            .setCommonProperties(
                                    entry.getCommonProperties().toBuilder()
                                            .putCustomTags("lateen.dropped", "12"))
                            .build();

            Records.send(mixer.channel(), List.of(Records.batch(List.of(late))));

            assertThat(mixer.graph().path("dropped").asInt()).isEqualTo(12);
            assertThat(mixer.get("/actuator/prometheus").body())
                    .contains("lateen_mixer_calls_dropped_total 12.0");
        }
    }

    @Test
    void replicasOnOneDatabaseAddUp() throws Exception {
        String database = EmbeddedDatabase.fresh();
        try (RunningMixer one = RunningMixer.on(database);
                RunningMixer other = RunningMixer.on(database)) {
            Records.send(
                    one.channel(),
                    List.of(Records.batch(Collections.nCopies(3, Records.toBack(200, 1)))));
            Records.send(
                    other.channel(),
                    List.of(Records.batch(Collections.nCopies(4, Records.toBack(200, 1)))));

            eventually(() -> assertThat(requests(one)).isEqualTo(7));
            eventually(() -> assertThat(requests(other)).isEqualTo(7));
        }
    }

    @Test
    void aMixerThatIsStoppedForgetsNothing() throws Exception {
        String database = EmbeddedDatabase.fresh();
        try (RunningMixer first =
                RunningMixer.on(database, "--lateen.telemetry.snapshot-every=10s")) {
            Records.send(
                    first.channel(),
                    List.of(Records.batch(Collections.nCopies(5, Records.toBack(200, 1)))));
        }

        try (RunningMixer second = RunningMixer.on(database)) {
            assertThat(requests(second)).isEqualTo(5);
            assertThat(second.graph().path("edges").path(0).path("p99").asDouble())
                    .isBetween(0.9, 1.1);
        }
    }

    @Test
    void aStreamMustSayWhoseRecordsItBrings() {
        try (RunningMixer mixer = RunningMixer.on(DATABASE.url())) {
            assertThatThrownBy(
                            () ->
                                    Records.send(
                                            mixer.channel(),
                                            List.of(StreamAccessLogsMessage.getDefaultInstance())))
                    .hasMessageContaining("identifier: found none in the first message");
        }
    }

    @Test
    void aWindowOrAFormatThatIsNoneIsRefused() {
        try (RunningMixer mixer = RunningMixer.on(DATABASE.url())) {
            assertThat(mixer.get("/lateen/v1/graph?window=2h").statusCode()).isEqualTo(400);
            assertThat(mixer.get("/lateen/v1/graph?window=soon").body())
                    .contains("window: found soon, expected 10s to 1h");
            assertThat(mixer.get("/lateen/v1/graph?format=svg").body())
                    .contains("format: found svg, expected json or dot");
        }
    }

    private static int requests(RunningMixer mixer) {
        return StreamSupport.stream(mixer.graph().path("edges").spliterator(), false)
                .mapToInt(edge -> edge.path("requests").asInt())
                .sum();
    }
}

package io.lateen.e2e;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.e2e.fixture.Answer;
import io.lateen.e2e.fixture.Mesh;
import io.lateen.e2e.fixture.OnTheMesh;
import io.lateen.e2e.fixture.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Istio's fault-injection task. */
@OnTheMesh
class FaultTest {

    private static final Map<String, String> JASON = Map.of("end-user", "jason");
    private static final Map<String, String> EVERYONE = Map.of();
    private static final Duration PROMPT = Duration.ofMillis(200);

    /** virtual-service-ratings-test-abort.yaml of the task, which the corpus has not. */
    private static final String ABORT_FOR_JASON =
            """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: ratings, namespace: default}
            spec:
              hosts: [ratings]
              http:
              - match: [{headers: {end-user: {exact: jason}}}]
                fault: {abort: {percentage: {value: 100.0}, httpStatus: 500}}
                route: [{destination: {host: ratings, subset: v1}}]
              - route: [{destination: {host: ratings, subset: v1}}]
            """;

    private record Timed(Answer answer, Duration took) {}

    @Test
    void delaysJasonBySevenSecondsAndNobodyElse(Mesh mesh) throws IOException {
        mesh.applySamples("destination-rule-all.yaml", "virtual-service-all-v1.yaml");
        mesh.applySamples("virtual-service-ratings-test-delay.yaml");
        ratings(mesh, EVERYONE);

        Timed others = ratings(mesh, EVERYONE);
        Timed jason = ratings(mesh, JASON);

        assertThat(others.answer().status()).isEqualTo(200);
        assertThat(others.took()).isLessThan(PROMPT);
        assertThat(jason.answer().status()).isEqualTo(200);
        assertThat(jason.took()).isBetween(Duration.ofMillis(6_900), Duration.ofMillis(7_500));

        mesh.kubectl().run("delete", "virtualservice", "ratings");
        eventually(() -> assertThat(ratings(mesh, JASON).took()).isLessThan(PROMPT));
    }

    @Test
    void abortsForJasonAndNobodyElse(Mesh mesh) throws IOException {
        mesh.applySamples("destination-rule-all.yaml", "virtual-service-all-v1.yaml");
        mesh.apply(ABORT_FOR_JASON);

        for (int call = 0; call < 20; call++) {
            Answer jason = ratings(mesh, JASON).answer();
            assertThat(jason.status()).isEqualTo(500);
            assertThat(jason.header("x-lateen-reason"))
                    .as("why, and by which rule: %s", jason)
                    .hasValueSatisfying(reason -> assertThat(reason).contains("FI", "ratings"));
            assertThat(ratings(mesh, EVERYONE).answer().status()).isEqualTo(200);
        }

        mesh.kubectl().run("delete", "virtualservice", "ratings");
        eventually(() -> assertThat(ratings(mesh, JASON).answer().status()).isEqualTo(200));
    }

    @Test
    void abortsAsGrpcSaysItAndAsHttpMeansIt(Mesh mesh) throws IOException {
        mesh.apply(ABORT_FOR_JASON.replace("httpStatus: 500", "grpcStatus: NOT_FOUND"));

        Answer plain = ratings(mesh, JASON).answer();
        assertThat(plain.status()).isEqualTo(404);
        assertThat(plain.header("x-lateen-reason"))
                .hasValueSatisfying(reason -> assertThat(reason).contains("FI", "ratings"));

        Answer grpc =
                ratings(mesh, Map.of("end-user", "jason", "content-type", "application/grpc"))
                        .answer();
        assertThat(grpc.status()).isEqualTo(200);
        assertThat(grpc.header("grpc-status")).contains("5");

        mesh.kubectl().run("delete", "virtualservice", "ratings");
        eventually(() -> assertThat(ratings(mesh, JASON).answer().status()).isEqualTo(200));
    }

    private static Timed ratings(Mesh mesh, Map<String, String> headers) throws IOException {
        try (Wire wire = mesh.caller().outbound()) {
            long start = System.nanoTime();
            Answer answer = wire.get("ratings:9080", "/ratings/0", headers);
            return new Timed(answer, Duration.ofNanos(System.nanoTime() - start));
        }
    }
}

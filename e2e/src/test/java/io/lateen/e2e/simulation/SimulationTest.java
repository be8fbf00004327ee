package io.lateen.e2e.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.testkit.property.Property;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the mesh decides is what its rules say, on thousands of meshes and requests. */
class SimulationTest {

    private static final int MESHES = 1500;
    private static final int REQUESTS_FOR_EACH = 8;

    private final Map<String, Integer> seen = new TreeMap<>();

    @Test
    void sidecarsDecideAsTheRulesRead() {
        Property.forAll(
                MESHES,
                random -> {
                    RandomMesh.Mesh mesh = RandomMesh.draw(random);
                    Viewer viewer =
                            new Viewer(
                                    RandomMesh.NAMESPACES.get(random.nextInt(2)),
                                    Map.of(
                                            "app",
                                            "viewer",
                                            "version",
                                            RandomMesh.VERSIONS.get(random.nextInt(3))),
                                    false);
                    compare(mesh, viewer, random);
                });

        assertThat(seen)
                .as("kinds of decisions that the drawn requests met")
                .containsKeys("NoRoute", "Passthrough", "Redirected", "Answered", "Forwarded");
    }

    @Test
    void gatewaysDecideAsTheRulesRead() {
        Property.forAll(
                MESHES,
                random -> {
                    RandomMesh.Mesh mesh = RandomMesh.draw(random);
                    Viewer viewer = new Viewer("default", Map.of("istio", "ingressgateway"), true);
                    compare(mesh, viewer, random);
                });

        assertThat(seen)
                .as("kinds of decisions that the drawn requests met")
                .containsKeys("NoRoute", "Redirected", "Answered", "Forwarded");
    }

    private void compare(RandomMesh.Mesh mesh, Viewer viewer, SplittableRandom random) {
        Oracle oracle = new Oracle(mesh, viewer);
        Simulated simulated = new Simulated(mesh, viewer);
        for (int i = 0; i < REQUESTS_FOR_EACH; i++) {
            Request request =
                    viewer.gateway()
                            ? RandomMesh.drawGatewayRequest(random)
                            : RandomMesh.drawMeshRequest(random);
            Decision expected = oracle.decide(request);
            seen.merge(expected.getClass().getSimpleName(), 1, Integer::sum);

            assertThat(simulated.decide(request))
                    .as(() -> request + " from " + viewer + " in " + Explained.rules(mesh))
                    .isEqualTo(expected);
        }
    }
}

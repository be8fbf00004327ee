package io.lateen.e2e;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.e2e.fixture.Changes;
import io.lateen.e2e.fixture.Echo;
import io.lateen.e2e.fixture.EchoMesh;
import io.lateen.e2e.fixture.ManagerClient;
import io.lateen.e2e.fixture.ManagerProcess;
import io.lateen.e2e.fixture.SteadyCalls;
import io.lateen.e2e.fixture.Wire;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Managers are killed, and the mesh goes on. */
@Tag("mesh")
class ManagersTest {

    @Test
    void aKilledManagersSidecarsMoveWithoutAFailedRequest() {
        try (EchoMesh mesh = EchoMesh.start("two-managers", 2);
                SteadyCalls calls =
                        SteadyCalls.toEcho(mesh.caller(), 8, 200, it -> it.status() == 200)) {
            ManagerClient one = new ManagerClient(mesh.managers().getFirst());
            ManagerClient two = new ManagerClient(mesh.managers().getLast());
            assertThat(managersOf(one)).as("their sidecars").hasSize(3);
            ManagerProcess killed = managerWithSidecars(mesh, one);
            ManagerClient left = killed == mesh.managers().getFirst() ? two : one;
            String stays = killed == mesh.managers().getFirst() ? "manager-2" : "manager-1";

            killed.kill();

            eventually(
                    () ->
                            assertThat(managersOf(left))
                                    .hasSize(3)
                                    .allMatch(manager -> manager.equals(stays)));
            long revision = left.apply(Changes.SUBSETS + "---\n" + Changes.number(1));
            assertThat(left.revision(revision).path("inForce").asBoolean())
                    .as("in force where the sidecars are now: %s", left.revision(revision))
                    .isTrue();
            long before = calls.answered();
            eventually(() -> assertThat(calls.answered()).isGreaterThan(before + 200));
            SteadyCalls.Outcome outcome = calls.end();
            System.out.printf("one of two managers killed under %s%n", outcome);
            assertThat(outcome.complaints()).as("failed requests").isEmpty();
        }
    }

    @Test
    void aSidecarThatStartsWithoutAManagerGoesByItsLastGoodConfiguration() throws Exception {
        try (EchoMesh mesh = EchoMesh.start("no-manager", 1)) {
            ManagerClient manager = new ManagerClient(mesh.managers().getFirst());
            manager.revision(manager.apply(Changes.SUBSETS + "---\n" + Changes.number(7)));
            mesh.managers().getFirst().kill();

            mesh.caller().restart();
            mesh.caller().awaitReady();

            try (Wire wire = mesh.caller().outbound()) {
                for (int call = 0; call < 20; call++) {
                    assertThat(wire.get(Echo.HOST, "/").body())
                            .as("by the rule that was in force")
                            .isEqualTo("v2 7");
                }
            }
        }
    }

    private static ManagerProcess managerWithSidecars(EchoMesh mesh, ManagerClient client) {
        return managersOf(client).contains("manager-1")
                ? mesh.managers().getFirst()
                : mesh.managers().getLast();
    }

    private static List<String> managersOf(ManagerClient client) {
        return client.proxies().stream().map(it -> it.path("manager").asString()).toList();
    }
}

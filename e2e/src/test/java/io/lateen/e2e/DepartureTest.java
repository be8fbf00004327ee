package io.lateen.e2e;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.e2e.fixture.Closing;
import io.lateen.e2e.fixture.Echo;
import io.lateen.e2e.fixture.EchoApplication;
import io.lateen.e2e.fixture.Mesh;
import io.lateen.e2e.fixture.OnTheMesh;
import io.lateen.e2e.fixture.SidecarProcess;
import io.lateen.e2e.fixture.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order a sidecar leaves the mesh, and who may tell it to. */
@OnTheMesh
class DepartureTest {

    private static final int PORT = 9080;

    @Test
    void theApplicationsOwnCallsGoOnUntilItHasGone(Mesh mesh) throws IOException {
        try (Closing closing = new Closing();
                SidecarProcess sidecar =
                        sidecar(mesh, "leaving", "--serve", "leaving:" + PORT + ":http")) {
            // Closed twice at the end, which is nothing.
            EchoApplication application =
                    closing.keep(EchoApplication.start("v1", sidecar.address(), PORT));
            sidecar.awaitReady();
            eventually(
                    () -> {
                        try (Wire caller = mesh.caller().outbound()) {
                            assertThat(caller.get("leaving:" + PORT, "/").status()).isEqualTo(200);
                        }
                    });

            sidecar.signal("TERM");

            // Nobody reaches the application any more; it reaches everybody, also anew.
            eventually(
                    () ->
                            assertThatThrownBy(
                                            () -> new Wire(sidecar.address(), 15006).get("x", "/"))
                                    .hasMessageContaining("cannot connect"));
            eventually(() -> assertThat(state(sidecar)).isEqualTo("DRAINED\n"));
            for (int i = 0; i < 20; i++) {
                assertThat(callsEcho(sidecar)).as("call %d", i).isEqualTo(200);
            }
            assertThat(sidecar.isAlive()).isTrue();

            application.close();

            assertThat(sidecar.exitCode()).isEqualTo(128 + 15);
        }
    }

    @Test
    void theSidecarOfAFinishedJobEndsWhenItIsAsked(Mesh mesh) throws IOException {
        try (SidecarProcess sidecar = sidecar(mesh, "job").awaitReady()) {
            assertThat(callsEcho(sidecar)).isEqualTo(200);
            try (Wire admin = new Wire(sidecar.address(), 15000)) {
                assertThat(admin.get("localhost", "/quitquitquit").status()).isEqualTo(405);
            }
            assertThat(sidecar.isAlive()).isTrue();

            assertThat(sidecar.ask("/quitquitquit").status()).isEqualTo(200);

            assertThat(sidecar.exitCode()).isZero();
        }
    }

    private static SidecarProcess sidecar(Mesh mesh, String name, String... more) {
        List<String> flags = new ArrayList<>();
        Collections.addAll(flags, mesh.authority().sidecarFlags("default", name));
        Collections.addAll(flags, "--application-grace", "25");
        Collections.addAll(flags, more);
        return SidecarProcess.sidecar(
                mesh.ground(), mesh.manager().xdsTls(), name, "v1", flags.toArray(String[]::new));
    }

    private static int callsEcho(SidecarProcess from) throws IOException {
        try (Wire wire = from.outbound()) {
            return wire.get(Echo.HOST, "/").status();
        }
    }

    private static String state(SidecarProcess sidecar) throws IOException {
        try (Wire ready = new Wire(sidecar.address(), 15021)) {
            var answer = ready.get(sidecar.address(), "/healthz/ready");
            assertThat(answer.status()).isEqualTo(503);
            return answer.body();
        }
    }
}

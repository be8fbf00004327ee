package io.lateen.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.e2e.fixture.Echo;
import io.lateen.e2e.fixture.Mesh;
import io.lateen.e2e.fixture.OnTheMesh;
import io.lateen.e2e.fixture.SidecarProcess;
import io.lateen.e2e.fixture.Wire;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Who is let in by a workload, as PeerAuthentication says. */
@OnTheMesh
class MutualTlsTest {

    private static final String STRICT =
            """
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: default, namespace: default}
            spec: {mtls: {mode: STRICT}}
            """;

    @Test
    void closesPlaintextUnderStrictAndServesTheMesh(Mesh mesh) throws Exception {
        SidecarProcess echo = mesh.echoes().getFirst().sidecar();
        try (Wire plaintext = new Wire(echo.address(), 15006)) {
            assertThat(plaintext.get(Echo.HOST, "/").status())
                    .as("plaintext, as long as it is permitted")
                    .isEqualTo(200);
        }

        mesh.apply(STRICT);

        try (Wire plaintext = new Wire(echo.address(), 15006)) {
            assertThatThrownBy(() -> plaintext.get(Echo.HOST, "/")).isInstanceOf(IOException.class);
        }
        try (Wire through = mesh.caller().outbound()) {
            assertThat(through.get("details:9080", "/details/0").status()).isEqualTo(200);
        }
    }
}

package io.lateen.mixer;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.lateen.identity.CertificateFolder;
import io.lateen.identity.LiveCertificate;
import io.lateen.identity.Pem;
import io.lateen.identity.WorkloadCertificate;
import io.lateen.identity.tls.MeshCredentials;
import io.lateen.model.identity.SpiffeId;
import io.lateen.model.identity.TrustDomain;
import io.lateen.testkit.certificate.ScriptedAuthority;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who may report, and who may read. */
final class MixerAccessTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    private final ScriptedAuthority root = ScriptedAuthority.root("cluster.local", Instant.now());

    @TempDir Path state;

    @Test
    void sidecarsReportUnderTheirCertificatesAlone() throws Exception {
        new CertificateFolder(state.resolve("identity"))
                .save(certificate("lateen-system", "lateen-mixer"));
        Path roots = state.resolve("roots.pem");
        Files.writeString(roots, Pem.write(List.of(root.certificate())));
        try (RunningMixer mixer =
                RunningMixer.on(
                        DATABASE.url(),
                        state,
                        "--lateen.identity.ca-address=127.0.0.1:1",
                        "--lateen.identity.ca-roots=" + roots)) {

            // The certificate is read by another thread: from then on handshakes work.
            eventually(() -> report(mixer, "default"));

            assertThat(mixer.graph().path("edges").size()).isEqualTo(1);
            assertThatThrownBy(() -> report(mixer, "elsewhere"))
                    .hasMessageContaining("PERMISSION_DENIED")
                    .hasMessageContaining("found a node of namespace 'default'")
                    .hasMessageContaining("spiffe://cluster.local/ns/elsewhere/sa/front");
            assertThatThrownBy(
                            () ->
                                    Records.send(
                                            mixer.channel(),
                                            List.of(
                                                    Records.batch(
                                                            List.of(Records.toBack(200, 1))))))
                    .as("in plain text")
                    .hasMessageContaining("UNAVAILABLE");
        }
    }

    @Test
    void plaintextStaysOnTheMachine() {
        assertThatThrownBy(() -> RunningMixer.on(DATABASE.url(), "--lateen.grpc-address=0.0.0.0"))
                .hasStackTraceContaining(
                        "lateen.grpc-address: found 0.0.0.0, expected a loopback address");
        assertThatThrownBy(() -> RunningMixer.on(DATABASE.url(), "--lateen.rest-address=0.0.0.0"))
                .hasStackTraceContaining("REST would be served in plaintext on 0.0.0.0");
    }

    @Test
    void nobodyReadsWithoutAToken() throws Exception {
        try (RunningMixer mixer = RunningMixer.on(DATABASE.url(), state)) {
            String nobody = "0123456789012345678901234567890123456789";

            assertThat(mixer.get("/lateen/v1/graph", nobody).statusCode()).isEqualTo(401);
            assertThat(mixer.get("/actuator/health/readiness", nobody).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aServiceReadsByTheTokenInItsFile() throws Exception {
        String token = "a-token-of-thirty-two-characters";
        Path folder = Files.createDirectory(state.resolve("tokens"));
        Files.writeString(folder.resolve("portal.viewer"), token);
        try (RunningMixer mixer =
                RunningMixer.on(
                        DATABASE.url(), "--lateen.access.service-tokens-folder=" + folder)) {

            assertThat(mixer.get("/lateen/v1/graph", token).statusCode()).isEqualTo(200);
        }
    }

    private void report(RunningMixer mixer, String namespace) throws Exception {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress(
                                "127.0.0.1",
                                mixer.grpcPort(),
                                MeshCredentials.client(
                                        new LiveCertificate(certificate(namespace, "front")),
                                        SpiffeId.ofSystem(TrustDomain.DEFAULT, "lateen-mixer")
                                                ::equals,
                                        Clock.systemUTC()))
                        .build();
        try {
            Records.send(channel, List.of(Records.batch(List.of(Records.toBack(200, 1)))));
        } finally {
            channel.shutdownNow();
        }
    }

    private WorkloadCertificate certificate(String namespace, String account)
            throws CertificateException {
        ScriptedAuthority.Leaf leaf =
                root.issue(
                        new SpiffeId(TrustDomain.DEFAULT, namespace, account).toString(),
                        Instant.now());
        return WorkloadCertificate.of(leaf.key(), leaf.chain(), List.of(root.certificate()));
    }
}

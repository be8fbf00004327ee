package io.lateen.manager.distribution;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ChannelCredentials;
import io.lateen.identity.CertificateFolder;
import io.lateen.identity.LiveCertificate;
import io.lateen.identity.Pem;
import io.lateen.identity.WorkloadCertificate;
import io.lateen.identity.tls.MeshCredentials;
import io.lateen.manager.RunningManager;
import io.lateen.manager.ads.AdsServer;
import io.lateen.testkit.certificate.ScriptedAuthority;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Proxies with certificates, over real sockets. */
@SuppressWarnings("NullAway.Init") // fields are set by JUnit
final class MutualTlsTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    private static final String MANAGER =
            "spiffe://cluster.local/ns/lateen-system/sa/lateen-manager";
    private static final int PLAINTEXT = 0;
    private static final int TLS = 1;

    @TempDir static Path state;
    static ScriptedAuthority authority;
    static RunningManager manager;

    @BeforeAll
    static void start() throws Exception {
        authority = ScriptedAuthority.root("cluster.local", Instant.now());
        // The authority itself is away: the manager goes by the certificate that it saved.
        new CertificateFolder(state.resolve("identity-lateen-manager"))
                .save(certificate(authority, MANAGER));
        Path roots =
                Files.writeString(state.resolve("roots.pem"), Pem.write(authority.certificate()));
        manager =
                RunningManager.on(
                        DATABASE.url(),
                        state,
                        "--lateen.xds-tls-port=0",
                        "--lateen.identity.ca-address=127.0.0.1:1",
                        "--lateen.identity.ca-roots=" + roots);
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @Test
    void servesAProxyThatIsWhoItSays() throws Exception {
        try (SocketProxy proxy = new SocketProxy("echo-1", "127.0.1.3").as("echo")) {
            proxy.connect(port(TLS), credentials("default", "echo")).healthy();

            eventually(
                    () ->
                            assertThat(
                                            proxy.holdsHealthy(
                                                    "outbound|9080||echo.default.svc.cluster.local"))
                                    .as(proxy.failure())
                                    .isTrue());
        }
    }

    @Test
    void refusesANodeOfAnotherNamespaceThanTheCertificates() throws Exception {
        try (SocketProxy proxy = new SocketProxy("echo-2", "127.0.1.4").as("echo")) {
            proxy.connect(port(TLS), credentials("shop", "echo"));

            eventually(
                    () ->
                            assertThat(proxy.failure())
                                    .contains("PERMISSION_DENIED")
                                    .contains("node.id: found 'default', expected 'shop'")
                                    .contains("LATEEN_SERVICES[0].namespace: found 'default'"));
            assertThat(proxy.received()).isEmpty();
        }
    }

    @Test
    void refusesANodeOfAnotherAccountThanTheCertificates() throws Exception {
        try (SocketProxy proxy = new SocketProxy("echo-3", "127.0.1.5").as("echo")) {
            proxy.connect(port(TLS), credentials("default", "thief"));

            eventually(
                    () ->
                            assertThat(proxy.failure())
                                    .contains("SERVICE_ACCOUNT: found 'echo', expected 'thief'"));
            assertThat(proxy.received()).isEmpty();
        }
    }

    @Test
    void takesNobodyWithoutACertificateOfTheMesh() throws Exception {
        ScriptedAuthority foreign = ScriptedAuthority.root("cluster.local", Instant.now());
        WorkloadCertificate theirs =
                certificate(foreign, "spiffe://cluster.local/ns/default/sa/echo");
        try (SocketProxy stranger = new SocketProxy("echo-4", "127.0.1.6");
                SocketProxy foreigner = new SocketProxy("echo-5", "127.0.1.7")) {
            stranger.connect(
                    port(TLS),
                    MeshCredentials.stranger(
                            List.of(authority.certificate()), _ -> true, InstantSource.system()));
            foreigner.connect(
                    port(TLS),
                    MeshCredentials.client(
                            new LiveCertificate(
                                    new WorkloadCertificate(
                                            theirs.key(),
                                            theirs.chain(),
                                            List.of(authority.certificate()),
                                            theirs.identity())),
                            _ -> true,
                            InstantSource.system()));

            eventually(() -> assertThat(stranger.failure()).contains("UNAVAILABLE"));
            eventually(() -> assertThat(foreigner.failure()).contains("UNAVAILABLE"));
        }
    }

    @Test
    void servesPlaintextBesideItUntilItIsSwitchedOff() throws Exception {
        try (SocketProxy proxy = new SocketProxy("echo-6", "127.0.1.8")) {
            proxy.connect(port(PLAINTEXT));
            eventually(() -> assertThat(proxy.received()).isNotEmpty());
        }

        try (RunningManager strict =
                        RunningManager.on(
                                EmbeddedDatabase.fresh(),
                                state,
                                "--lateen.xds.plaintext=false",
                                "--lateen.xds-tls-port=0",
                                "--lateen.identity.ca-address=127.0.0.1:1",
                                "--lateen.identity.ca-roots=" + state.resolve("roots.pem"));
                SocketProxy proxy = new SocketProxy("echo-7", "127.0.1.9")) {
            int only = strict.bean(AdsServer.class).port();
            proxy.connect(only);
            eventually(() -> assertThat(proxy.failure()).contains("UNAVAILABLE"));
            proxy.connect(only, credentials("default", "echo"));
            eventually(() -> assertThat(proxy.received()).isNotEmpty());
        }
    }

    private static int port(int place) {
        return manager.bean(AdsServer.class).port(place);
    }

    private static ChannelCredentials credentials(String namespace, String account)
            throws CertificateException {
        return MeshCredentials.client(
                new LiveCertificate(
                        certificate(
                                authority,
                                "spiffe://cluster.local/ns/" + namespace + "/sa/" + account)),
                server -> server.toString().equals(MANAGER),
                InstantSource.system());
    }

    private static WorkloadCertificate certificate(ScriptedAuthority by, String identity)
            throws CertificateException {
        ScriptedAuthority.Leaf leaf = by.issue(identity, Instant.now());
        return WorkloadCertificate.of(leaf.key(), leaf.chain(), List.of(by.certificate()));
    }
}

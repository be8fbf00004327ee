package io.lateen.portal.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.portal.Browser;
import io.lateen.portal.FakeBackend;
import io.lateen.portal.RunningPortal;
import io.lateen.start.StartRefused;
import io.lateen.testkit.certificate.ScriptedAuthority;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.client.HttpClient;

/** Which https backends the portal believes. */
@SuppressWarnings("NullAway.Init") // fields are set by JUnit
final class BackendTrustTest {

    @TempDir Path folder;

    private final ScriptedAuthority site = ScriptedAuthority.root("a site", Instant.now());

    @Test
    void relaysToABackendWhoseCertificateEndsInARootOfTheFile() throws Exception {
        try (FakeBackend manager = backend(site);
                FakeBackend stranger =
                        backend(ScriptedAuthority.root("another site", Instant.now()));
                RunningPortal portal =
                        RunningPortal.at(
                                Clock.systemUTC(),
                                EmbeddedDatabase.fresh(),
                                folder.resolve("state"),
                                "--lateen.portal.manager-url=" + manager.url(),
                                "--lateen.portal.mixer-url=" + stranger.url(),
                                "--lateen.portal.backend-roots=" + roots());
                Browser admin = portal.administrator()) {

            assertThat(admin.get("/api/manager/lateen/v1/proxies").status()).isEqualTo(200);
            assertThat(admin.get("/api/mixer/lateen/v1/proxies").status())
                    .as("of one whose root is not in the file")
                    .isGreaterThanOrEqualTo(500);
            assertThat(stranger.requests("/lateen/v1/proxies")).isEmpty();
        }
    }

    @Test
    void goesByTheJdksOwnRootsWithoutAFile() throws Exception {
        try (FakeBackend manager = backend(site)) {
            HttpClient client = BackendTrust.in(null).apply(HttpClient.create());

            assertThatThrownBy(() -> client.get().uri(manager.url()).response().block())
                    .hasMessageContaining("unable to find valid certification path");
        }
    }

    @Test
    void refusesAFileWithoutCertificates() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");

        assertThatThrownBy(() -> BackendTrust.in(empty))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("lateen.portal.backend-roots: found '" + empty)
                .hasMessageContaining("expected a PEM file of certificates");
    }

    private Path roots() throws IOException, GeneralSecurityException {
        return Files.writeString(
                folder.resolve("roots.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(site.certificate().getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    private static FakeBackend backend(ScriptedAuthority authority) throws Exception {
        ScriptedAuthority.Leaf leaf =
                authority.issue(
                        ScriptedAuthority.Wish.workload("spiffe://site/backend", Instant.now())
                                .withDnsNames("localhost"));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "backend", leaf.key(), new char[0], leaf.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, new SecureRandom());
        return FakeBackend.secure(tls).answers("/lateen/v1/proxies", "[]");
    }
}

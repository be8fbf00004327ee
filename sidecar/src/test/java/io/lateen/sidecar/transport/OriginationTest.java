package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.credential.Credentials;
import io.lateen.sidecar.plan.CertificatePlace;
import io.lateen.sidecar.plan.ConnectionPolicy;
import io.lateen.sidecar.plan.OutsideTrust;
import io.lateen.sidecar.plan.RootsPlace;
import io.lateen.sidecar.plan.SubjectName;
import io.lateen.sidecar.plan.TlsTerms;
import io.lateen.sidecar.plan.UpstreamTls;
import io.lateen.sidecar.route.ValueMatch;
import io.lateen.sidecar.tls.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application speaks HTTP, and whoever is outside the mesh sees TLS: checklist E38. */
class OriginationTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: api.example.com\r\n\r\n";

    @TempDir private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Public authority;

    @BeforeEach
    void start() {
        authority = new Public(folder, "public");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        open.add(resource);
        return resource;
    }

    private SecureServer server(String credential, boolean asksClients) throws IOException {
        return closing(SecureServer.start(folder.resolve(credential), authority, asksClients));
    }

    /** What a client gets that goes to {@code server}, and why where it is not its answer. */
    private String call(SecureServer server, UpstreamTls tls) throws IOException {
        Carrying sidecar =
                closing(
                        Carrying.start(
                                TlsPlans.outboundHttp(TlsPlans.reviews(server.address(), tls)),
                                Carrying.settings(),
                                1,
                                Tls.of(
                                        null,
                                        new Credentials(
                                                folder, List.of(folder.resolve("public.pem"))),
                                        InstantSource.system())));
        RawClient client = closing(RawClient.connect(sidecar.address("dependency")));
        return client.send(GET).response();
    }

    private static UpstreamTls tls(
            @Nullable String own, @Nullable RootsPlace roots, String... names) {
        return new UpstreamTls.Outside(
                new UpstreamTls.Offers(List.of("http/1.1"), List.of("h2"), List.of()),
                "api.example.com",
                own == null ? null : new CertificatePlace.Credential(own),
                new OutsideTrust(
                        roots,
                        Arrays.stream(names)
                                .map(
                                        name ->
                                                new SubjectName(
                                                        SubjectName.Kind.DNS,
                                                        new ValueMatch.Exact(name, false)))
                                .toList(),
                        Set.of(),
                        Set.of()),
                TlsTerms.DEFAULT);
    }

    @Test
    void asksForTheNameAndVerifiesItByTheSystemsAuthorities() throws IOException {
        authority.credential("api", "api.example.com");
        SecureServer server = server("api", false);

        assertThat(call(server, tls(null, new RootsPlace.OfSystem(), "api.example.com")))
                .startsWith("HTTP/1.1 200")
                .endsWith("secure");
        assertThat(server.asked()).containsExactly("api.example.com");
    }

    @Test
    void refusesACertificateForAnotherNameAndSaysSo() throws IOException {
        authority.credential("other", "other.example.com", "*.a.example.com");
        SecureServer server = server("other", false);

        assertThat(call(server, tls(null, new RootsPlace.OfSystem(), "api.example.com")))
                .startsWith("HTTP/1.1 503")
                .contains("x-lateen-reason: UF;")
                .contains("found the names [other.example.com, *.a.example.com]")
                .contains("expected api.example.com");
        assertThat(server.requests()).isZero();
    }

    @Test
    void refusesACertificateThatNobodyTrustedVouchesForAndSaysSo() throws IOException {
        Public stranger = new Public(folder, "stranger");
        stranger.credential("api", "api.example.com");
        SecureServer server = server("api", false);

        assertThat(call(server, tls(null, new RootsPlace.OfSystem(), "api.example.com")))
                .startsWith("HTTP/1.1 503")
                .contains("not vouched for by an authority that is trusted here");
        assertThat(server.requests()).isZero();
    }

    @Test
    void takesAnyCertificateWhereThatIsAskedFor() throws IOException {
        Public stranger = new Public(folder, "stranger");
        stranger.credential("api", "whoever.example.com");

        assertThat(call(server("api", false), tls(null, null))).endsWith("secure");
    }

    @Test
    void goesByTheAuthoritiesOfAFile() throws IOException {
        Public own = new Public(folder, "own");
        own.credential("api", "api.example.com");

        assertThat(
                        call(
                                server("api", false),
                                tls(
                                        null,
                                        new RootsPlace.File(folder.resolve("own.pem")),
                                        "api.example.com")))
                .endsWith("secure");
    }

    @Test
    void showsItsOwnCertificateToAServerThatAsks() throws IOException {
        authority.credential("api", "api.example.com");
        authority.credential("client", "client.example.com");
        SecureServer server = server("api", true);

        assertThat(call(server, tls("client", new RootsPlace.OfSystem(), "api.example.com")))
                .endsWith("secure");
        assertThat(server.clients()).hasSize(1);
        assertThat(call(server, tls(null, new RootsPlace.OfSystem(), "api.example.com")))
                .as("without a certificate")
                .startsWith("HTTP/1.1 503");
    }

    @Test
    void saysWhichCredentialIsMissing() throws IOException {
        authority.credential("api", "api.example.com");

        assertThat(
                        call(
                                server("api", true),
                                tls("nobody", new RootsPlace.OfSystem(), "api.example.com")))
                .startsWith("HTTP/1.1 503")
                .contains("credential nobody: cannot be read: found no file");
    }

    @Test
    void refusesWhatRanOutAndWhatIsForClientsAlone() throws IOException {
        authority.credential(
                "old",
                authority
                        .root()
                        .issue(
                                Public.named("api.example.com")
                                        .between(
                                                Public.now().minus(Duration.ofDays(2)),
                                                Public.now().minus(Duration.ofDays(1)))));
        authority.credential(
                "client",
                authority.root().issue(Public.named("api.example.com").onlyFor(true, false)));
        authority.credential(
                "impostor",
                authority
                        .root()
                        .impostor("impostor", Public.now())
                        .issue(Public.named("api.example.com")));

        UpstreamTls tls = tls(null, new RootsPlace.OfSystem(), "api.example.com");
        assertThat(call(server("old", false), tls)).as("attack B2: expired").contains("valid from");
        assertThat(call(server("client", false), tls))
                .as("attack B2: made for clients alone")
                .contains("not made for a server");
        assertThat(call(server("impostor", false), tls))
                .as("attack B2: signed by somebody who is no authority")
                .contains("not vouched for");
    }

    @Test
    void speaksHttp2WhereTheClusterDoes() throws IOException {
        authority.credential("api", "api.example.com");
        SecureServer server = server("api", false);
        Carrying sidecar =
                closing(
                        Carrying.start(
                                TlsPlans.outboundHttp(
                                        TlsPlans.reviews(
                                                        server.address(),
                                                        tls(null, new RootsPlace.OfSystem()))
                                                .protocol(ConnectionPolicy.UpstreamProtocol.HTTP2)),
                                Carrying.settings(),
                                1,
                                Tls.of(
                                        null,
                                        new Credentials(
                                                folder, List.of(folder.resolve("public.pem"))),
                                        InstantSource.system())));
        RawClient client = closing(RawClient.connect(sidecar.address("dependency")));

        client.send(GET);

        eventually(() -> assertThat(server.offered()).contains("h2"));
    }

    @Test
    void namesOfOneLabelMoreAreNotCoveredByAWildcard() {
        SubjectName wanted =
                new SubjectName(
                        SubjectName.Kind.DNS, new ValueMatch.Exact("a.b.example.com", false));

        assertThat(wanted.matches("*.b.example.com")).isTrue();
        assertThat(wanted.matches("A.B.example.com")).isTrue();
        assertThat(wanted.matches("*.example.com")).as("attack B1").isFalse();
        assertThat(wanted.matches("a.*.example.com")).isFalse();
        assertThat(wanted.matches("a*.b.example.com")).isFalse();
        assertThat(wanted.matches("*")).isFalse();
        assertThat(
                        new SubjectName(
                                        SubjectName.Kind.DNS,
                                        new ValueMatch.Exact("example.com", false))
                                .matches("*.com"))
                .isFalse();
    }
}

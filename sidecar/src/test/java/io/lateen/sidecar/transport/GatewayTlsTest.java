package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.ads.ResourceType;
import io.lateen.sidecar.credential.Credentials;
import io.lateen.sidecar.plan.PlanCompiler;
import io.lateen.sidecar.plan.Xds;
import io.lateen.sidecar.tls.Tls;
import io.lateen.sidecar.tls.Workloads;
import io.lateen.testkit.net.LoopbackAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS at a gateway, as curl and openssl see it. */
class GatewayTlsTest {
    @TempDir private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Public authority;
    private Tls tls;
    private RawServer app;

    @BeforeEach
    void start() {
        authority = new Public(folder, "public");
        tls =
                Tls.of(
                        new Workloads().live("gateway"),
                        new Credentials(folder, List.of()),
                        InstantSource.system());
        app = closing(RawServer.answering(RawServer.ok("hello")));
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

    private InetSocketAddress gateway(String... chains) {
        String listener =
                """
                name: "gateway" traffic_direction: OUTBOUND
                address { socket_address { address: "%s" port_value: 8443 } }
                listener_filters { name: "envoy.filters.listener.tls_inspector" }
                %s
                """
                        .formatted(LoopbackAddresses.next(), String.join("\n", chains));
        String cluster =
                """
                name: "app" type: STATIC load_assignment { endpoints { lb_endpoints {
                  endpoint { address { socket_address { address: "127.0.0.1" port_value: %d } } } } } }
                """
                        .formatted(app.address().getPort());
        PlanCompiler compiler = new PlanCompiler(List.of());
        assertThat(compiler.accept(Xds.update(ResourceType.CLUSTERS, cluster))).isEmpty();
        assertThat(compiler.accept(Xds.update(ResourceType.LISTENERS, listener))).isEmpty();
        Carrying gateway = closing(Carrying.start(compiler.plan(1), Carrying.settings(), 1, tls));
        return gateway.address("gateway");
    }

    /** A chain for one host, by the credential of that name. */
    private static String chain(String host, String credential, String more) {
        return """
        filter_chains {
          filter_chain_match { transport_protocol: "tls" %s }
          transport_socket { name: "tls" typed_config {
            [type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext] {
              common_tls_context {
                alpn_protocols: ["h2", "http/1.1"]
                tls_certificate_sds_secret_configs { name: "kubernetes://%s" } %s } } } }
          filters { name: "http" typed_config {
            [type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager] {
              stat_prefix: "gateway" use_remote_address { value: true }
              forward_client_cert_details: SANITIZE_SET
              route_config { name: "https" virtual_hosts { name: "all" domains: "*"
                routes { match { prefix: "/" } route { cluster: "app" timeout {} } } } }
              http_filters { name: "envoy.filters.http.router" } } } } }
        """
                .formatted(
                        host.isEmpty() ? "" : "server_names: \"" + host + "\"", credential, more);
    }

    private static String mutual(String credential, String names) {
        return """
        } require_client_certificate { value: true } common_tls_context {
          combined_validation_context {
            default_validation_context { %s }
            validation_context_sds_secret_config { name: "kubernetes://%s-cacert" } }
        """
                .formatted(names, credential);
    }

    private Tool.Ended get(InetSocketAddress gateway, String host, String... more)
            throws IOException {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--cacert",
                                folder.resolve("public.pem").toString(),
                                "--resolve",
                                host + ":" + place(gateway).replaceAll("(.*):(.*)", "$2:$1")));
        arguments.addAll(List.of(more));
        arguments.add("https://" + host + ":" + gateway.getPort() + "/");
        return Tool.curl(arguments.toArray(String[]::new));
    }

    private static String place(InetSocketAddress gateway) {
        return gateway.getAddress().getHostAddress() + ":" + gateway.getPort();
    }

    @Test
    void showsTheCertificateOfTheNameThatIsAskedFor() throws IOException {
        authority.credential("shop", "shop.example.com");
        authority.credential("rest", "*.example.com");

        InetSocketAddress gateway =
                gateway(chain("shop.example.com", "shop", ""), chain("*.example.com", "rest", ""));

        assertThat(get(gateway, "shop.example.com").said()).isEqualTo("hello");
        assertThat(get(gateway, "other.example.com").said()).isEqualTo("hello");
        assertThat(
                        Tool.handshake(
                                        "-connect",
                                        place(gateway),
                                        "-servername",
                                        "shop.example.com",
                                        "-CAfile",
                                        folder.resolve("public.pem").toString(),
                                        "-verify_hostname",
                                        "shop.example.com")
                                .said())
                .contains("Verification: OK");
        assertThat(app.heads().getFirst().toLowerCase(java.util.Locale.ROOT))
                .contains("x-forwarded-proto: https");
    }

    @Test
    void servesNobodyWhoAsksForANameThatItHasNot() throws IOException {
        authority.credential("shop", "shop.example.com");

        InetSocketAddress gateway = gateway(chain("shop.example.com", "shop", ""));

        assertThat(Tool.handshake("-connect", place(gateway), "-noservername").said())
                .as("attack A18: without SNI there is no weaker chain")
                .contains("no peer certificate available");
        assertThat(
                        Tool.handshake("-connect", place(gateway), "-servername", "b.example.com")
                                .said())
                .contains("no peer certificate available");
    }

    @Test
    void speaksHttp2AndHttp11AsTheClientOffers() throws IOException {
        authority.credential("shop", "shop.example.com");

        InetSocketAddress gateway = gateway(chain("shop.example.com", "shop", ""));

        assertThat(get(gateway, "shop.example.com", "--http2", "-w", " %{http_version}").said())
                .isEqualTo("hello 2");
        assertThat(get(gateway, "shop.example.com", "--http1.1", "-w", " %{http_version}").said())
                .isEqualTo("hello 1.1");
    }

    @Test
    void speaksNoOlderVersionThanIsAllowed() throws IOException {
        authority.credential("shop", "shop.example.com");
        InetSocketAddress gateway =
                gateway(
                        chain("shop.example.com", "shop", ""),
                        chain(
                                "new.example.com",
                                "shop",
                                "tls_params { tls_minimum_protocol_version: TLSv1_3 }"),
                        chain(
                                "old.example.com",
                                "shop",
                                "tls_params { tls_maximum_protocol_version: TLSv1_2 }"));

        assertThat(version(gateway, "shop.example.com", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0"))
                .contains("Cipher is (NONE)");
        assertThat(version(gateway, "shop.example.com", "-tls1_2")).contains("New, TLSv1.2");
        assertThat(version(gateway, "new.example.com", "-tls1_2")).contains("Cipher is (NONE)");
        assertThat(version(gateway, "new.example.com", "-tls1_3")).contains("New, TLSv1.3");
        assertThat(version(gateway, "old.example.com", "-tls1_3")).contains("Cipher is (NONE)");
    }

    private static String version(InetSocketAddress gateway, String name, String... more)
            throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("-connect", place(gateway), "-servername", name));
        arguments.addAll(List.of(more));
        return Tool.handshake(arguments.toArray(String[]::new)).said();
    }

    @Test
    void usesTheCiphersAndGroupsThatAreAllowed() throws IOException {
        authority.credential("shop", "shop.example.com");
        InetSocketAddress gateway =
                gateway(
                        chain(
                                "shop.example.com",
                                "shop",
                                "tls_params { cipher_suites: \"ECDHE-ECDSA-AES256-GCM-SHA384\""
                                        + " ecdh_curves: \"P-384\" }"));

        assertThat(version(gateway, "shop.example.com", "-tls1_2"))
                .contains("Cipher is ECDHE-ECDSA-AES256-GCM-SHA384")
                .contains("secp384r1");
        assertThat(
                        version(
                                gateway,
                                "shop.example.com",
                                "-tls1_2",
                                "-cipher",
                                "ECDHE-ECDSA-AES128-GCM-SHA256"))
                .contains("Cipher is (NONE)");
    }

    @Test
    void takesTheClientsThatItsAuthorityVouchesFor() throws IOException {
        Public clients = new Public(folder, "clients");
        authority.credential("shop", "shop.example.com");
        authority.vouchFor("shop", clients.root());
        Path known = clients.credential("known", "client.example.com");
        Path other = clients.credential("other", "other.example.com");
        Path stranger = authority.credential("stranger", "client.example.com");
        InetSocketAddress gateway =
                gateway(
                        chain(
                                "shop.example.com",
                                "shop",
                                mutual(
                                        "shop",
                                        "match_typed_subject_alt_names { san_type: DNS"
                                                + " matcher { exact: \"client.example.com\" } }")));

        assertThat(get(gateway, "shop.example.com", shown(known)).said()).isEqualTo("hello");
        assertThat(get(gateway, "shop.example.com").code()).as("no certificate").isNotZero();
        assertThat(get(gateway, "shop.example.com", shown(other)).code())
                .as("a name that is not expected")
                .isNotZero();
        assertThat(get(gateway, "shop.example.com", shown(stranger)).code())
                .as("an authority that is not trusted")
                .isNotZero();
        assertThat(app.heads()).hasSize(1);
        assertThat(app.heads().getFirst())
                .containsPattern(
                        "x-forwarded-client-cert: Hash=[0-9a-f]{64};Subject=\"\";DNS=client");
    }

    private static String[] shown(Path credential) {
        return new String[] {
            "--cert",
            credential.resolve("tls.crt").toString(),
            "--key",
            credential.resolve("tls.key").toString()
        };
    }

    @Test
    void takesClientsWithoutACertificateWhereItIsOptionalAndNoneWithABadOne() throws IOException {
        Public clients = new Public(folder, "clients");
        authority.credential("shop", "shop.example.com");
        authority.vouchFor("shop", clients.root());
        Path known = clients.credential("known", "client.example.com");
        Path stranger = authority.credential("stranger", "client.example.com");
        InetSocketAddress gateway =
                gateway(
                        chain(
                                "shop.example.com",
                                "shop",
                                "validation_context_sds_secret_config {"
                                        + " name: \"kubernetes://shop-cacert\" }"));

        assertThat(get(gateway, "shop.example.com").said()).isEqualTo("hello");
        assertThat(get(gateway, "shop.example.com", shown(known)).said()).isEqualTo("hello");
        assertThat(get(gateway, "shop.example.com", shown(stranger)).code()).isNotZero();
        assertThat(app.heads().getFirst()).doesNotContain("x-forwarded-client-cert");
        assertThat(app.heads().getLast()).contains("x-forwarded-client-cert: Hash=");
    }

    @Test
    void usesARenewedCertificateAndKeepsTheConnectionsThatAreOpen() throws IOException {
        authority.credential("shop", "shop.example.com");
        InetSocketAddress gateway = gateway(chain("", "shop", ""));
        try (SecureClient kept = SecureClient.connect(gateway, authority.root())) {
            assertThat(kept.get("/")).endsWith("hello");
            String before = kept.serial();

            authority.credential("shop", "shop.example.com");

            assertThat(tls.look()).isEmpty();
            assertThat(kept.get("/")).as("on the old connection").endsWith("hello");
            assertThat(kept.serial()).isEqualTo(before);
        }
        try (SecureClient next = SecureClient.connect(gateway, authority.root())) {
            assertThat(next.get("/")).endsWith("hello");
        }
        assertThat(app.heads()).hasSize(3);
        assertThat(serials(gateway)).as("the certificate that is shown now").isNotEqualTo("1001");
    }

    private String serials(InetSocketAddress gateway) throws IOException {
        try (SecureClient client = SecureClient.connect(gateway, authority.root())) {
            return client.serial();
        }
    }

    @Test
    void keepsTheLastGoodCertificateWhileANewOneIsHalfThere() throws IOException {
        Path shop = authority.credential("shop", "shop.example.com");
        InetSocketAddress gateway = gateway(chain("", "shop", ""));
        String key = Files.readString(shop.resolve("tls.key"));

        authority.credential("shop", "shop.example.com");
        String renewed = Files.readString(shop.resolve("tls.key"));
        Public.write(shop.resolve("tls.key"), key);

        assertThat(tls.look())
                .hasEntrySatisfying(
                        "credential shop",
                        fault -> assertThat(fault).contains("a key that is not the certificate's"));
        assertThat(serials(gateway)).isEqualTo("1001");

        Public.write(shop.resolve("tls.key"), renewed);
        assertThat(tls.look()).isEmpty();
        assertThat(serials(gateway)).isEqualTo("1002");
    }

    @Test
    void goesOnForOthersWhereACredentialIsMissingAndServesItWhenItIsThere() throws IOException {
        authority.credential("shop", "shop.example.com");
        InetSocketAddress gateway =
                gateway(
                        chain("shop.example.com", "shop", ""),
                        chain("late.example.com", "late", ""));

        assertThat(get(gateway, "late.example.com").code()).isNotZero();
        assertThat(get(gateway, "shop.example.com").said()).isEqualTo("hello");
        assertThat(tls.look())
                .containsOnlyKeys("credential late")
                .hasEntrySatisfying(
                        "credential late",
                        fault ->
                                assertThat(fault)
                                        .contains("found no file")
                                        .contains("late/tls.crt"));

        authority.credential("late", "late.example.com");

        assertThat(tls.look()).isEmpty();
        assertThat(get(gateway, "late.example.com").said()).isEqualTo("hello");
    }

    @Test
    void staplesWhatItsAuthoritySays() throws Exception {
        Path shop = authority.credential("shop", "shop.example.com");
        Files.write(
                shop.resolve("tls.ocsp"),
                new OCSPRespBuilder().build(OCSPRespBuilder.TRY_LATER, null).getEncoded());

        InetSocketAddress gateway = gateway(chain("", "shop", ""));

        assertThat(
                        Tool.handshake(
                                        "-connect",
                                        place(gateway),
                                        "-servername",
                                        "shop.example.com",
                                        "-status")
                                .said())
                .contains("OCSP Response Status: trylater");
    }

    @Test
    void takesKeysAsOpensslWroteThemBefore() throws IOException {
        Path rsa = folder.resolve("rsa");
        Files.createDirectories(rsa);
        assertThat(
                        Tool.run(
                                        List.of(
                                                "openssl",
                                                "req",
                                                "-x509",
                                                "-newkey",
                                                "rsa:2048",
                                                "-nodes",
                                                "-subj",
                                                "/CN=old.example.com",
                                                "-addext",
                                                "subjectAltName=DNS:old.example.com",
                                                "-keyout",
                                                rsa.resolve("pkcs8").toString(),
                                                "-out",
                                                rsa.resolve("tls.crt").toString()))
                                .code())
                .isZero();
        Tool.run(
                List.of(
                        "openssl",
                        "rsa",
                        "-traditional",
                        "-in",
                        rsa.resolve("pkcs8").toString(),
                        "-out",
                        rsa.resolve("tls.key").toString()));
        assertThat(Files.readString(rsa.resolve("tls.key"))).contains("BEGIN RSA PRIVATE KEY");

        InetSocketAddress gateway = gateway(chain("", "rsa", ""));

        assertThat(tls.look()).isEmpty();
        assertThat(version(gateway, "old.example.com", "-tls1_2"))
                .contains("Cipher is ECDHE-RSA-AES");
    }

    @Test
    void believesNoIdentityThatTheMeshsOwnAuthorityDidNotGive() throws IOException {
        Public clients = new Public(folder, "clients");
        authority.credential("shop", "shop.example.com");
        authority.vouchFor("shop", clients.root());
        Path posing =
                clients.credential(
                        "posing", clients.root().issue(Workloads.identity("admin"), Public.now()));
        Carrying[] seen = new Carrying[1];
        InetSocketAddress gateway = gateway(chain("", "shop", mutual("shop", "")));
        assertThat(open.getLast()).isInstanceOf(Carrying.class);
        seen[0] = (Carrying) open.getLast();

        assertThat(get(gateway, "shop.example.com", shown(posing)).said()).isEqualTo("hello");

        eventually(() -> assertThat(seen[0].seen()).hasSize(1));
        assertThat(seen[0].seen().getFirst().principals().source()).isEmpty();
        assertThat(app.heads().getFirst()).contains(";URI=" + Workloads.identity("admin"));
    }
}

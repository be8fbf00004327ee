package io.lateen.authca;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Status;
import io.lateen.authca.Requests.Answered;
import io.lateen.identity.PeerVerification;
import io.lateen.identity.Pem;
import io.lateen.identity.ca.CertificateProtocol.Request;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The authority of a cluster, whose API server is scripted. */
@SuppressWarnings("NullAway.Init") // fields are set by JUnit
class KubernetesTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ROOTS =
            "/api/v1/namespaces/lateen-system/configmaps/lateen-ca-roots";

    /** What the API server says of a token, by the token's payload. */
    private static final Map<String, String> REVIEWS =
            Map.of(
                    "genuine",
                    """
                    {"authenticated": true, "audiences": ["lateen-auth-ca"], "user": {
                      "username": "system:serviceaccount:default:bookinfo-reviews",
                      "extra": {"authentication.kubernetes.io/pod-name": ["reviews-v1-x7k2p"]}}}
                    """,
                    "expired",
                    "{\"authenticated\": false, \"error\": \"token has expired\"}",
                    "elsewhere",
                    """
                    {"authenticated": true, "audiences": ["vault"],
                     "user": {"username": "system:serviceaccount:default:bookinfo-reviews"}}
                    """,
                    "nowhere",
                    """
                    {"authenticated": true,
                     "user": {"username": "system:serviceaccount:default:bookinfo-reviews"}}
                    """,
                    "person",
                    """
                    {"authenticated": true, "audiences": ["lateen-auth-ca"],
                     "user": {"username": "jane"}}
                    """,
                    "hostile",
                    """
                    {"authenticated": true, "audiences": ["lateen-auth-ca"],
                     "user": {"username": "system:serviceaccount:default:a/sa/b"}}
                    """);

    private static final Map<String, String> APPLIED = new ConcurrentHashMap<>();

    @TempDir static Path state;
    @TempDir static Path account;
    static HttpServer apiServer;
    static RunningAuthority authority;
    static volatile boolean away;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(account.resolve("token"), "own-token\n");
        Files.writeString(account.resolve("namespace"), "lateen-system");
        apiServer =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        apiServer.createContext("/", KubernetesTest::answer);
        apiServer.start();
        authority =
                RunningAuthority.on(
                        DATABASE.url(),
                        state,
                        "--lateen.kubernetes.enabled=true",
                        "--lateen.kubernetes.api-server=http://127.0.0.1:"
                                + apiServer.getAddress().getPort(),
                        "--lateen.kubernetes.account=" + account);
    }

    @AfterAll
    static void stop() {
        authority.close();
        apiServer.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean known =
                "Bearer own-token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        String reply;
        if (away || !known) {
            reply = "{\"kind\": \"Status\", \"message\": \"not now\"}";
        } else if (path.endsWith("/tokenreviews")) {
            JsonNode spec = JSON.readTree(body).path("spec");
            assertThat(spec.path("audiences").toString()).isEqualTo("[\"lateen-auth-ca\"]");
            String payload = spec.path("token").asString().split("\\.", -1)[1];
            reply = "{\"kind\": \"TokenReview\", \"status\": %s}".formatted(REVIEWS.get(payload));
        } else {
            APPLIED.put(path, body);
            reply = body;
        }
        byte[] bytes = reply.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(away || !known ? 503 : 200, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Answered ask(String payload) {
        return Requests.send(
                authority,
                Optional.of("Bearer eyJhbGciOiJSUzI1NiJ9." + payload + ".c2lnbmF0dXJl"),
                new Request(Requests.csr(), 0));
    }

    @Test
    void aServiceAccountHasItsOwnIdentityAsOftenAsItAsks() throws CertificateException {
        for (int time = 0; time < 2; time++) {
            Answered answered = ask("genuine");

            assertThat(answered.status()).isEqualTo(Status.OK);
            assertThat(
                            PeerVerification.identityOf(
                                            Pem.certificates(answered.chain().getFirst())
                                                    .getFirst())
                                    .toString())
                    .isEqualTo("spiffe://cluster.local/ns/default/sa/bookinfo-reviews");
        }
        assertThat(authority.get("/lateen/v1/issuances").toString())
                .contains("service-account")
                .contains("reviews-v1-x7k2p");
    }

    @ParameterizedTest
    @CsvSource({
        "expired, token has expired",
        "elsewhere, 'found the audiences [vault], expected lateen-auth-ca'",
        "nowhere, 'found the audiences [], expected lateen-auth-ca'",
        "person, 'found the user jane, expected a service account'",
        "hostile, expected a service account",
    })
    void aTokenThatIsWorthNothingIsRefusedWithItsReason(String payload, String reason) {
        Answered answered = ask(payload);

        assertThat(answered.status().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(answered.status().getDescription()).contains(reason);
    }

    @Test
    void whileTheClusterCannotSayNothingIsIssuedAndTheCallerAsksAgain() {
        away = true;
        try {
            assertThat(ask("genuine").status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        } finally {
            away = false;
        }
        assertThat(ask("genuine").status()).isEqualTo(Status.OK);
    }

    @Test
    void joinTokensAreGoodBesideThem() {
        Answered answered =
                Requests.send(
                        authority,
                        Optional.of("Bearer " + authority.token("default", "vm")),
                        new Request(Requests.csr(), 0));

        assertThat(answered.status()).isEqualTo(Status.OK);
    }

    @Test
    void theRootsStandInTheConfigMap() {
        eventually(() -> assertThat(APPLIED).containsKey(ROOTS));

        JsonNode map = JSON.readTree(APPLIED.getOrDefault(ROOTS, ""));
        assertThat(map.path("data").path("roots.pem").asString())
                .isEqualTo(Pem.write(authority.roots()));
    }

    @Test
    void whereThereIsNoClusterAJsonWebTokenIsRefusedWithTheWayOut(@TempDir Path other) {
        try (RunningAuthority alone = RunningAuthority.on(DATABASE.url(), copyOf(other))) {
            Answered answered =
                    Requests.send(
                            alone,
                            Optional.of("Bearer eyJh.eyJi.c"),
                            new Request(Requests.csr(), 0));

            assertThat(answered.status().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(answered.status().getDescription()).contains("--lateen.kubernetes.enabled");
        }
    }

    // A second authority on the same database needs the key that sealed the root.
    private static Path copyOf(Path folder) {
        try {
            Files.copy(state.resolve("auth-ca-key"), folder.resolve("auth-ca-key"));
            return folder;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

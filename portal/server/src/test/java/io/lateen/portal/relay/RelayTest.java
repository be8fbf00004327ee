package io.lateen.portal.relay;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.lateen.portal.Browser;
import io.lateen.portal.FakeBackend;
import io.lateen.portal.RunningPortal;
import io.lateen.portal.SharedPortal;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What reaches the backends, and what comes back. */
final class RelayTest {
    private static final String OBJECT =
            "/apis/networking.istio.io/v1/namespaces/shop/virtualservices/cart";

    private final FakeBackend manager = SharedPortal.MANAGER;

    @Test
    void aSignedTokenGoesOnInPlaceOfTheCookies() throws Exception {
        manager.answers("/lateen/v1/who", "{}");
        Browser operator = SharedPortal.signedIn("relay-op", "operator", "shop", "cart");

        Browser.Answer answer = operator.get("/api/manager/lateen/v1/who?a=b%2Fc");

        assertThat(answer.status()).isEqualTo(200);
        FakeBackend.Request request = manager.requests("/lateen/v1/who").getLast();
        assertThat(request.path()).isEqualTo("/lateen/v1/who?a=b%2Fc");
        assertThat(request.headers())
                .doesNotContainKeys("cookie", "x-xsrf-token", "origin", "referer")
                .containsEntry("x-request-id", answer.header("x-request-id"));
        SignedJWT token = SignedJWT.parse(request.token());
        assertThat(token.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        ECKey key =
                JWKSet.parse(operator.get("/.well-known/jwks.json").raw().body())
                        .getKeyByKeyId(token.getHeader().getKeyID())
                        .toECKey();
        assertThat(key.isPrivate()).isFalse();
        assertThat(token.verify(new ECDSAVerifier(key))).isTrue();
        var claims = token.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("lateen-portal");
        assertThat(claims.getSubject()).isEqualTo("relay-op");
        assertThat(claims.getAudience()).containsExactly("manager");
        assertThat(claims.getJWTID()).isNotEmpty();
        assertThat(
                        Duration.between(
                                claims.getIssueTime().toInstant(),
                                claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(claims.getClaim("grants").toString())
                .contains("operator", "shop", "cart")
                .doesNotContain("*");
    }

    @Test
    void eachBackendGetsTokensForItselfAlone() throws Exception {
        SharedPortal.AUTH_CA.answers("/lateen/v1/roots", "{}");

        SharedPortal.admin().get("/api/auth-ca/lateen/v1/roots");

        FakeBackend.Request request = SharedPortal.AUTH_CA.requests("/lateen/v1/roots").getLast();
        assertThat(SignedJWT.parse(request.token()).getJWTClaimsSet().getAudience())
                .containsExactly("auth-ca");
    }

    @Test
    void whatTheBrowserClaimsOfItselfDoesNotReachTheBackend() {
        manager.answers("/lateen/v1/claims", "{}");
        Browser viewer = SharedPortal.signedIn("relay-view", "viewer", "*");

        viewer.send(
                viewer.request("/api/manager/lateen/v1/claims")
                        .header("Authorization", "Bearer stolen")
                        .header("x-request-id", "chosen")
                        .build());

        FakeBackend.Request request = manager.requests("/lateen/v1/claims").getLast();
        assertThat(request.token()).isNotEmpty().doesNotContain("stolen");
        assertThat(request.headers()).doesNotContainValue("chosen");
    }

    @Test
    void nobodyIsRelayedWithoutASession() {
        manager.answers("/lateen/v1/closed", "{}");
        try (Browser stranger = SharedPortal.PORTAL.browser()) {
            assertThat(stranger.get("/api/manager/lateen/v1/closed").status()).isEqualTo(401);
        }
        assertThat(manager.requests("/lateen/v1/closed")).isEmpty();
    }

    @Test
    void aViewersWriteIsDeniedHereAndInTheAudit() {
        manager.answers(OBJECT, "{}");
        Browser viewer = SharedPortal.signedIn("relay-view", "viewer", "*");
        int before = manager.requests(OBJECT).size();

        Browser.Answer answer = viewer.change("PUT", "/api/manager" + OBJECT, Map.of());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("access.denied");
        assertThat(manager.requests(OBJECT)).hasSize(before);
        JsonNode entry = audit("user=relay-view&action=manager.PUT&outcome=denied");
        assertThat(entry.path("object").asString("")).isEqualTo("/api/manager" + OBJECT);
        assertThat(entry.path("requestId").asString("")).isEqualTo(answer.header("x-request-id"));
    }

    @Test
    void everyWriteIsInTheAuditWithWhatCameOfIt() {
        Browser operator = SharedPortal.signedIn("relay-op", "operator", "shop", "cart");

        manager.answers(OBJECT, 200, Map.of("Set-Cookie", "theirs=1"), "{}");
        Browser.Answer done = operator.change("PUT", "/api/manager" + OBJECT, Map.of("spec", 1));
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.raw().headers().allValues("set-cookie"))
                .noneMatch(cookie -> cookie.startsWith("theirs"));
        assertThat(manager.requests(OBJECT).getLast().body()).isEqualTo("{\"spec\":1}");
        JsonNode entry = audit("user=relay-op&action=manager.PUT");
        assertThat(entry.path("outcome").asString("")).isEqualTo("allowed");
        assertThat(entry.path("address").asString("")).isEqualTo("127.0.0.1");
        assertThat(entry.path("requestId").asString("")).isEqualTo(done.header("x-request-id"));

        manager.answers(OBJECT, 403, Map.of(), "{\"kind\":\"Status\"}");
        assertThat(operator.change("PUT", "/api/manager" + OBJECT, Map.of()).status())
                .isEqualTo(403);
        assertThat(audit("user=relay-op&action=manager.PUT").path("outcome").asString(""))
                .isEqualTo("denied");

        manager.answers(OBJECT, 422, Map.of(), "{\"kind\":\"Status\",\"message\":\"no\"}");
        Browser.Answer invalid = operator.change("PUT", "/api/manager" + OBJECT, Map.of());
        assertThat(invalid.json().path("message").asString("")).isEqualTo("no");
        assertThat(audit("user=relay-op&action=manager.PUT").path("outcome").asString(""))
                .isEqualTo("failed");

        int entries = entries("user=relay-op&action=manager.POST");
        manager.answers(OBJECT, "{}");
        operator.post("/api/manager" + OBJECT + "?dryRun=All", Map.of());
        assertThat(entries("user=relay-op&action=manager.POST"))
                .as("a dry run changes nothing")
                .isEqualTo(entries);
    }

    @Test
    void aBackendThatDoesNotTakeOurTokenIsNoReasonToSignInAgain() {
        manager.answers("/lateen/v1/unsure", 401, Map.of(), "{\"kind\":\"Status\"}");

        assertThat(SharedPortal.admin().get("/api/manager/lateen/v1/unsure").status())
                .isEqualTo(502);
    }

    @Test
    void aBackendThatIsAwayIsNamedWithSinceWhen() {
        int free = freePort();
        try (RunningPortal portal =
                        RunningPortal.on(
                                EmbeddedDatabase.fresh(),
                                "--lateen.portal.manager-url=http://127.0.0.1:" + free);
                Browser admin = portal.administrator()) {
            Browser.Answer first = admin.get("/api/manager/lateen/v1/proxies");
            Browser.Answer second = admin.get("/api/manager/lateen/v1/proxies");

            assertThat(first.status()).isEqualTo(503);
            assertThat(first.code()).isEqualTo("backend.away");
            JsonNode params = second.json().path("params");
            assertThat(params.path("backend").asString("")).isEqualTo("manager");
            assertThat(params.path("since").asString(""))
                    .as("since it was first seen away")
                    .isNotEmpty()
                    .isEqualTo(first.json().path("params").path("since").asString(""));
            assertThat(params.path("found").asString("")).isEqualTo("the connection was refused");
            assertThat(first.raw().body()).doesNotContain("Exception", "netty", "\tat ");
            assertThat(admin.get("/api/mixer/lateen/v1/graph").code()).isEqualTo("backend.unset");
            assertThat(admin.get("/api/v1/overview").json().path("sources").path(0).path("state"))
                    .hasToString("\"away\"");
        }
    }

    @Test
    void aBackendThatHangsIsGivenUpAndItsOwnAnswersPass() {
        BlockingQueue<String> silent = SharedPortal.MIXER.silent("/lateen/v1/hangs");

        Browser.Answer answer = SharedPortal.admin().get("/api/mixer/lateen/v1/hangs");
        silent.add("over");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.json().path("params").path("found").asString(""))
                .isEqualTo("it did not answer in time");
        assertThat(SharedPortal.admin().get("/api/mixer/lateen/v1/unknown").status())
                .as("an answer of the backend's own")
                .isEqualTo(404);
    }

    @Test
    void aWatchGoesOnLineByLineAndEndsWithTheSession() throws Exception {
        BlockingQueue<String> lines = manager.streams("/apis/watched");
        try (Browser browser = SharedPortal.signedIn("watcher", "viewer", "*")) {
            lines.add("{\"type\":\"ADDED\"}");
            HttpResponse<java.io.InputStream> stream =
                    browser.client()
                            .send(
                                    browser.request("/api/manager/apis/watched?watch=true").build(),
                                    HttpResponse.BodyHandlers.ofInputStream());
            assertThat(stream.statusCode()).isEqualTo(200);
            var reader =
                    new BufferedReader(
                            new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
            assertThat(reader.readLine()).isEqualTo("{\"type\":\"ADDED\"}");
            lines.add("{\"type\":\"MODIFIED\"}");
            assertThat(reader.readLine())
                    .as("not held back until there is more")
                    .isEqualTo("{\"type\":\"MODIFIED\"}");

            CompletableFuture<Boolean> over =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return reader.readLine() == null;
                                } catch (java.io.IOException e) {
                                    return true;
                                }
                            });
            browser.change("DELETE", "/api/v1/session", null);

            eventually(Duration.ofSeconds(5), () -> assertThat(over).isCompletedWithValue(true));
        }
    }

    private static JsonNode audit(String query) {
        return SharedPortal.admin()
                .get("/api/v1/audit?limit=1&" + query)
                .json()
                .path("items")
                .path(0);
    }

    private static int entries(String query) {
        return SharedPortal.admin()
                .get("/api/v1/audit?limit=1000&" + query)
                .json()
                .path("items")
                .size();
    }

    private static int freePort() {
        try (var socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

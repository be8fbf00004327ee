package io.lateen.authca;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Join tokens over REST. */
@SuppressWarnings("NullAway.Init") // fields are set by JUnit
class TokensTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    @TempDir static Path state;
    @TempDir static Path services;
    static RunningAuthority authority;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(services.resolve("watcher.viewer"), "v".repeat(40));
        Files.writeString(services.resolve("worker.operator"), "o".repeat(40));
        authority =
                RunningAuthority.on(
                        DATABASE.url(), state, "--lateen.access.service-tokens-folder=" + services);
    }

    @AfterAll
    static void stop() {
        authority.close();
    }

    @Test
    void areShownOnceAndKeptAsAHash() {
        JsonNode made = authority.tokenAnswer("default", "reviews", "30m");
        String secret = made.get("token").asString();

        assertThat(made.get("identity").asString())
                .isEqualTo("spiffe://cluster.local/ns/default/sa/reviews");
        assertThat(made.get("state").asString()).isEqualTo("unused");
        assertThat(made.get("createdBy").asString()).isEqualTo("admin");
        assertThat(authority.send("GET", "/lateen/v1/tokens", "").body())
                .contains(made.get("id").asString())
                .doesNotContain(secret);
        List<@Nullable String> rows =
                authority
                        .bean(JdbcClient.class)
                        .sql("select t::text from join_token t")
                        .query(String.class)
                        .list();
        assertThat(rows).isNotEmpty().noneMatch(row -> String.valueOf(row).contains(secret));
    }

    @Test
    void nameEveryMistakeAtOnce() {
        HttpResponse<String> answer =
                authority.send(
                        "POST", "/lateen/v1/tokens", "{\"namespace\":\"a/b\",\"ttl\":\"10d\"}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("namespace: found 'a/b'")
                .contains("serviceAccount: found nothing")
                .contains("ttl: found '10d', expected 10s to 168h");
    }

    @Test
    void areMadeByAdministratorsAlone() {
        String body = "{\"namespace\":\"default\",\"serviceAccount\":\"reviews\"}";

        assertThat(as("v".repeat(40), "POST", "/lateen/v1/tokens", body)).isEqualTo(403);
        assertThat(as("o".repeat(40), "POST", "/lateen/v1/tokens", body)).isEqualTo(403);
        assertThat(as("o".repeat(40), "DELETE", "/lateen/v1/tokens/x", "")).isEqualTo(403);
        assertThat(as("v".repeat(40), "GET", "/lateen/v1/tokens", "")).isEqualTo(200);
        assertThat(as("x".repeat(40), "GET", "/lateen/v1/tokens", "")).isEqualTo(401);
    }

    @Test
    void revokingAnswersWhatHappened() {
        String id = authority.tokenAnswer("default", "reviews", "1h").get("id").asString();
        String path = "/lateen/v1/tokens/" + id;

        assertThat(authority.send("DELETE", path, "").statusCode()).isEqualTo(204);
        assertThat(authority.send("DELETE", path, "").statusCode())
                .as("once more says the same")
                .isEqualTo(204);
        assertThat(authority.send("DELETE", "/lateen/v1/tokens/none", "").statusCode())
                .isEqualTo(404);
        assertThat(state(id)).isEqualTo("revoked");
    }

    @Test
    void probesAndRootsNeedNoToken() {
        for (String path :
                List.of(
                        "/lateen/v1/roots",
                        "/actuator/health",
                        "/actuator/health/readiness",
                        "/actuator/prometheus")) {
            assertThat(as("", "GET", path, "")).as(path).isEqualTo(200);
        }
        for (String path : List.of("/lateen/v1/certificates", "/lateen/v1/issuances")) {
            assertThat(as("", "GET", path, "")).as(path).isEqualTo(401);
        }
    }

    private static String state(String id) {
        for (JsonNode each : authority.get("/lateen/v1/tokens").get("items")) {
            if (each.get("id").asString().equals(id)) {
                return each.get("state").asString();
            }
        }
        throw new AssertionError("not listed: " + id);
    }

    private static int as(String token, String method, String path, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(authority.url() + path))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return authority.send(request.build()).statusCode();
    }
}

package io.lateen.portal.mesh;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.nimbusds.jwt.SignedJWT;
import io.lateen.portal.BookinfoFixture;
import io.lateen.portal.Browser;
import io.lateen.portal.SharedPortal;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Overview, services and graph, put together from real answers of backends. */
final class PagesTest {

    @BeforeEach
    void tell() {
        BookinfoFixture.tell();
        eventually(
                () ->
                        assertThat(
                                        SharedPortal.admin()
                                                .get("/api/v1/graph")
                                                .json()
                                                .path("edges")
                                                .size())
                                .isEqualTo(5));
    }

    @Test
    void theOverviewSumsUpWhatIsAndNamesWhatIsWrong() {
        JsonNode overview = SharedPortal.admin().get("/api/v1/overview").json();

        assertThat(overview.path("services").toString())
                .isEqualTo(
                        "{\"total\":4,\"outside\":1,\"withoutEndpoint\":[\"ratings.default.svc.cluster.local\",\"vault.secret.svc.cluster.local\"]}");
        assertThat(overview.path("workloads").path("healthy").asInt()).isEqualTo(2);
        assertThat(
                        overview.path("workloads")
                                .path("unhealthy")
                                .path(0)
                                .path("message")
                                .asString(""))
                .isEqualTo("no answer on 9080");
        JsonNode sidecars = overview.path("sidecars");
        assertThat(sidecars.path("revision").asString(""))
                .as("writes of a status are none")
                .isEqualTo("41");
        assertThat(sidecars.path("total").asInt()).isEqualTo(3);
        assertThat(sidecars.path("inForce").asInt()).isEqualTo(1);
        assertThat(sidecars.path("lagging").path(0).path("refused").asString(""))
                .isEqualTo("x: found 1, expected 2");
        JsonNode certificates = overview.path("certificates");
        assertThat(certificates.path("total").asInt()).isEqualTo(3);
        assertThat(certificates.path("expiringSoon").toString())
                .as("one that was renewed is no worry")
                .contains("sa/productpage", "sa/vault")
                .doesNotContain("sa/reviews");
        JsonNode traffic = overview.path("traffic");
        assertThat(traffic.path("dropped").asInt()).isEqualTo(3);
        assertThat(traffic.path("worst").path(0).path("service").asString(""))
                .isEqualTo("reviews.default.svc.cluster.local");
        assertThat(traffic.path("worst").path(0).path("errorRate").asDouble())
                .isCloseTo(0.075, within(1e-9));
        assertThat(states(overview)).containsExactly("up", "up", "up");
    }

    @Test
    void aServiceHasVersionsWithRatesAndTheRuleThatSplitsIt() {
        JsonNode reviews =
                SharedPortal.admin().get("/api/v1/services").json().path("items").values().stream()
                        .filter(service -> service.path("name").asString("").equals("reviews"))
                        .findFirst()
                        .orElseThrow();

        assertThat(reviews.path("traffic").path("requestsPerSecond").asDouble()).isEqualTo(4);
        assertThat(reviews.path("traffic").path("p99").asDouble()).isEqualTo(20);
        JsonNode v3 = reviews.path("versions").path(1);
        assertThat(v3.path("version").asString("")).isEqualTo("v3");
        assertThat(v3.path("subset").asString("")).isEqualTo("red");
        assertThat(v3.path("workloads").toString()).isEqualTo("[\"reviews-v3\"]");
        assertThat(v3.path("healthy").asInt()).isZero();
        assertThat(v3.path("measuredShare").asDouble()).isEqualTo(0.25);
        JsonNode split = reviews.path("split");
        assertThat(split.path("name").asString("")).isEqualTo("reviews");
        assertThat(split.path("route").asInt()).isEqualTo(1);
        assertThat(split.path("conditional").asBoolean()).isTrue();
        assertThat(split.path("weights").toString())
                .isEqualTo(
                        "[{\"host\":\"reviews\",\"subset\":\"v1\",\"version\":\"v1\",\"weight\":75},"
                                + "{\"host\":\"reviews\",\"subset\":\"red\",\"version\":\"v3\",\"weight\":25}]");
    }

    @Test
    void theGraphHasAPlaceForEachNode() {
        JsonNode graph = SharedPortal.admin().get("/api/v1/graph?window=5m").json();

        assertThat(graph.path("nodes").size()).isEqualTo(6);
        JsonNode page = node(graph, "default/productpage-v1");
        JsonNode reviews = node(graph, "default/reviews-v1");
        assertThat(page.path("x").asDouble()).isLessThan(reviews.path("x").asDouble());
        assertThat(graph.path("layoutKey").asString("")).isNotEmpty();
        assertThat(SharedPortal.admin().get("/api/v1/graph?window=7m").code())
                .isEqualTo("window.unknown");
    }

    @Test
    void aScopeShowsANamespaceWithItsNeighbours() {
        JsonNode graph = SharedPortal.admin().get("/api/v1/graph?scope=secret").json();

        assertThat(ids(graph))
                .containsExactlyInAnyOrder(
                        "default/reviews-v1",
                        "secret/vault-v1",
                        "secret/keys-v1",
                        "outside/example.com");
    }

    @Test
    void whoMaySeeOneNamespaceSeesNoNameOfAnother() {
        Browser narrow = SharedPortal.signedIn("pages-narrow", "viewer", "default");

        for (String path :
                List.of(
                        "/api/v1/overview",
                        "/api/v1/services",
                        "/api/v1/graph",
                        "/api/v1/session")) {
            Browser.Answer answer = narrow.get(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.raw().body()).as(path).doesNotContain("secret", "vault", "keys");
        }
        JsonNode graph = narrow.get("/api/v1/graph").json();
        assertThat(ids(graph))
                .containsExactlyInAnyOrder(
                        "default/productpage-v1",
                        "default/reviews-v1",
                        "default/reviews-v3",
                        "hidden");
        assertThat(graph.path("edges").size()).isEqualTo(3);
        assertThat(narrow.get("/api/v1/overview").json().path("sidecars").path("total").asInt())
                .isEqualTo(2);
        assertThat(ids(narrow.get("/api/v1/graph?scope=secret").json())).isEmpty();
    }

    @Test
    void thePortalReadsAsAViewerInItsOwnName() throws ParseException {
        String token = SharedPortal.MIXER.requests("/lateen/v1/graph").getLast().token();
        var claims = SignedJWT.parse(token).getJWTClaimsSet();

        assertThat(claims.getSubject()).isEqualTo("lateen-portal");
        assertThat(claims.getClaim("grants").toString()).contains("viewer").doesNotContain("admin");
    }

    @Test
    void aBackendThatFailsLeavesWhatWasKnownAndIsNamed() {
        SharedPortal.MIXER.answers("/lateen/v1/graph", 500, java.util.Map.of(), "oops");

        eventually(
                () -> {
                    JsonNode graph = SharedPortal.admin().get("/api/v1/graph").json();
                    assertThat(graph.path("nodes").size()).isEqualTo(6);
                    assertThat(graph.path("sources").path(0).path("state").asString(""))
                            .isEqualTo("away");
                    assertThat(graph.path("sources").path(0).path("message").asString(""))
                            .startsWith("it answered 500");
                });
        BookinfoFixture.tell();
        eventually(
                () ->
                        assertThat(states(SharedPortal.admin().get("/api/v1/graph").json()))
                                .containsExactly("up"));
    }

    private static List<String> states(JsonNode answer) {
        return answer.path("sources").values().stream()
                .map(source -> source.path("state").asString(""))
                .toList();
    }

    private static List<String> ids(JsonNode graph) {
        return graph.path("nodes").values().stream()
                .map(node -> node.path("id").asString(""))
                .toList();
    }

    private static JsonNode node(JsonNode graph, String id) {
        return graph.path("nodes").values().stream()
                .filter(node -> node.path("id").asString("").equals(id))
                .findFirst()
                .orElseThrow();
    }
}

package io.lateen.manager.api;

import static io.lateen.manager.api.Rules.PATH;
import static io.lateen.manager.api.Rules.YAML;
import static io.lateen.manager.api.Rules.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.manager.RunningManager;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files applied whole, and the history. */
@SuppressWarnings("NullAway.Init") // fields are set by JUnit
final class MeshApiTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    static RunningManager manager;

    @BeforeAll
    static void start() {
        manager = RunningManager.on(DATABASE.url());
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @Test
    void appliesEveryDocumentOfAFile() {
        String file = virtualService("one", "v1") + "---\n" + virtualService("two", "v1");

        JsonNode first = json(apply(file));
        JsonNode second =
                json(apply(file.replace("host: two, subset: v1", "host: two, subset: v2")));

        assertThat(first.path("results").valueStream().map(r -> r.path("action").asString()))
                .containsExactly("created", "created");
        assertThat(second.path("results").valueStream().map(r -> r.path("action").asString()))
                .containsExactly("unchanged", "configured");
        assertThat(second.path("revision").asLong()).isGreaterThan(first.path("revision").asLong());
        assertThat(
                        manager.get("/lateen/v1/revisions/" + second.path("revision").asLong())
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void appliesNothingWhenOneDocumentIsWrongAndTellsOfAll() {
        String file =
                virtualService("half", "v1")
                        + "---\n"
                        + virtualService("other", "v1").replace("http:", "htpp:")
                        + "---\n{kind: Deployment, apiVersion: apps/v1}\n---\n"
                        + virtualService("half", "v2");

        HttpResponse<String> answer = apply(file);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(
                        json(answer)
                                .at("/details/causes")
                                .valueStream()
                                .map(c -> c.path("field").asString()))
                .anyMatch(field -> field.equals("document[2] VirtualService other: spec.htpp"))
                .anyMatch(field -> field.equals("document[3]: kind"))
                .anyMatch(field -> field.equals("document[4]: metadata.name"));
        assertThat(manager.get(PATH + "/half").statusCode()).isEqualTo(404);
    }

    @Test
    void undoesTheFirstDocumentWhenTheSecondMeetsAConflict() {
        apply(virtualService("contested", "v1"));
        String stale =
                virtualService("contested", "v2")
                        .replace("metadata:\n", "metadata:\n  resourceVersion: \"1\"\n");

        HttpResponse<String> answer = apply(virtualService("beside", "v1") + "---\n" + stale);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(manager.get(PATH + "/beside").statusCode()).isEqualTo(404);
    }

    @Test
    void createsANamespaceAndWhatIsInItFromOneFile() {
        String file =
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: fresh}\n---\n"
                        + virtualService("inside", "v1")
                                .replace("metadata:\n", "metadata:\n  namespace: fresh\n");

        assertThat(apply(file).statusCode()).isEqualTo(200);
        assertThat(manager.get(PATH.replace("/default/", "/fresh/") + "/inside").statusCode())
                .isEqualTo(200);
    }

    @Test
    void triesAFile() {
        HttpResponse<String> answer =
                manager.send(
                        "POST",
                        "/lateen/v1/apply?dryRun=true",
                        YAML,
                        virtualService("only-tried", "v1"));

        assertThat(json(answer).at("/results/0/action").asString()).isEqualTo("created");
        assertThat(manager.get(PATH + "/only-tried").statusCode()).isEqualTo(404);
    }

    @Test
    void tellsWhoWroteWhat() {
        apply(virtualService("told", "v1"));
        apply(virtualService("told", "v2"));
        manager.send("DELETE", PATH + "/told", "application/json", "");

        JsonNode history =
                json(
                        manager.get(
                                "/lateen/v1/history?kind=VirtualService&name=told&namespace=default"));

        assertThat(
                        history.path("items")
                                .valueStream()
                                .filter(item -> item.path("actor").asString().equals("admin"))
                                .map(item -> item.path("action").asString()))
                .containsExactly("DELETED", "UPDATED", "CREATED");
        assertThat(history.at("/items/0/object/spec/http/0/route/0/destination/subset").asString())
                .as("a delete keeps the last state")
                .isEqualTo("v2");
    }

    private static HttpResponse<String> apply(String file) {
        return manager.send("POST", "/lateen/v1/apply", YAML, file);
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return MAPPER.readTree(answer.body());
    }
}

package io.lateen.manager.api;

import static io.lateen.manager.api.Rules.JSON;
import static io.lateen.manager.api.Rules.PATH;
import static io.lateen.manager.api.Rules.YAML;
import static io.lateen.manager.api.Rules.virtualService;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.manager.RunningManager;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An object is what it was at a revision, or the caller is told why not. */
@SuppressWarnings("NullAway.Init") // fields are set by JUnit
final class RollbackTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

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
    void bringsAChangedObjectBack() {
        long first = apply("changed", "v1");
        apply("changed", "v2");

        JsonNode answer = json(rollback(first, ""));

        assertThat(answer.at("/results/0/action").asString()).isEqualTo("configured");
        assertThat(subset(answer.path("before"))).isEqualTo("v2");
        assertThat(subset(answer.path("object"))).isEqualTo("v1");
        assertThat(subset(json(manager.get(PATH + "/changed")))).isEqualTo("v1");
        assertThat(answer.path("revision").asLong())
                .as("a write of its own")
                .isEqualTo(Long.parseLong(version(json(manager.get(PATH + "/changed")))));
    }

    @Test
    void bringsADeletedObjectBackAndTakesItAwayAgain() {
        long made = apply("mortal", "v1");
        manager.send("DELETE", PATH + "/mortal", JSON, "");
        long deleted = lastRevision("mortal");

        assertThat(action(rollback(made, ""))).isEqualTo("created");
        assertThat(manager.get(PATH + "/mortal").statusCode()).isEqualTo(200);
        assertThat(action(rollback(deleted, ""))).isEqualTo("deleted");
        assertThat(manager.get(PATH + "/mortal").statusCode()).isEqualTo(404);
        assertThat(action(rollback(deleted, ""))).isEqualTo("unchanged");
    }

    @Test
    void changesNothingWhereNothingDiffers() {
        long made = apply("same", "v1");
        String before = version(json(manager.get(PATH + "/same")));

        assertThat(action(rollback(made, ""))).isEqualTo("unchanged");
        assertThat(version(json(manager.get(PATH + "/same")))).isEqualTo(before);
    }

    @Test
    void triesIt() {
        long first = apply("tried", "v1");
        apply("tried", "v2");

        JsonNode answer = json(rollback(first, ",\"dryRun\":true"));

        assertThat(answer.path("dryRun").asBoolean()).isTrue();
        assertThat(subset(answer.path("object"))).isEqualTo("v1");
        assertThat(subset(json(manager.get(PATH + "/tried")))).isEqualTo("v2");
    }

    @Test
    void refusesToOverwriteWhatTheCallerHasNotSeen() {
        long first = apply("contested", "v1");
        apply("contested", "v2");

        HttpResponse<String> answer = rollback(first, ",\"resourceVersion\":\"" + first + "\"");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("look at it again");
        assertThat(subset(json(manager.get(PATH + "/contested")))).isEqualTo("v2");
    }

    @Test
    void refusesToRestoreIntoANamespaceThatIsGone() {
        String inside =
                virtualService("inside", "v1")
                        .replace("metadata:\n", "metadata:\n  namespace: brief\n");
        JsonNode made =
                json(
                        manager.send(
                                "POST",
                                "/lateen/v1/apply",
                                YAML,
                                "apiVersion: v1\nkind: Namespace\nmetadata: {name: brief}\n---\n"
                                        + inside));
        manager.send("DELETE", "/api/v1/namespaces/brief", JSON, "");

        HttpResponse<String> answer = rollback(made.path("revision").asLong(), "");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("namespace brief is gone");
    }

    @Test
    void neverDeletesANamespaceWithEverythingInIt() {
        String namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: twice}\n";
        manager.send("POST", "/lateen/v1/apply", YAML, namespace);
        manager.send("DELETE", "/api/v1/namespaces/twice", JSON, "");
        long deleted = lastRevision("twice");
        manager.send("POST", "/lateen/v1/apply", YAML, namespace);

        assertThat(rollback(deleted, "").statusCode()).isEqualTo(409);
        assertThat(manager.get("/api/v1/namespaces/twice").statusCode()).isEqualTo(200);
    }

    @Test
    void saysThatARevisionIsForgottenOrYetToCome() throws SQLException {
        long made = apply("forgotten", "v1");
        apply("forgotten", "v2");
        try (Connection connection = manager.bean(DataSource.class).getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from history where revision = " + made);
        }

        HttpResponse<String> gone = rollback(made, "");
        HttpResponse<String> early = rollback(made + 1_000_000, "");

        assertThat(gone.statusCode()).isEqualTo(410);
        assertThat(gone.body()).contains("\"reason\":\"Expired\"");
        assertThat(early.statusCode()).isEqualTo(404);
        assertThat(early.body()).contains("expected at most");
    }

    @Test
    void refusesARequestThatSaysSomethingElse() {
        assertThat(post("{}").statusCode()).isEqualTo(400);
        assertThat(post("{\"revision\":\"7\"}").statusCode()).isEqualTo(400);
        assertThat(post("{\"revision\":1,\"dryrun\":true}").body()).contains("dryrun: unknown");
    }

    @Test
    void isDescribed() {
        JsonNode document = json(manager.get("/openapi/v3/lateen/v1"));

        assertThat(document.path("paths").has("/lateen/v1/rollback")).isTrue();
    }

    private static long apply(String name, String subset) {
        HttpResponse<String> answer =
                manager.send("POST", "/lateen/v1/apply", YAML, virtualService(name, subset));
        return json(answer).path("revision").asLong();
    }

    private static long lastRevision(String name) {
        return json(manager.get("/lateen/v1/history?limit=1&name=" + name))
                .at("/items/0/revision")
                .asLong();
    }

    private static HttpResponse<String> rollback(long revision, String more) {
        return post("{\"revision\":" + revision + more + "}");
    }

    private static HttpResponse<String> post(String body) {
        return manager.send("POST", "/lateen/v1/rollback", JSON, body);
    }

    private static String action(HttpResponse<String> answer) {
        return json(answer).at("/results/0/action").asString();
    }

    private static String subset(JsonNode object) {
        return object.at("/spec/http/0/route/0/destination/subset").asString();
    }

    private static String version(JsonNode object) {
        return object.at("/metadata/resourceVersion").asString();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body());
    }
}

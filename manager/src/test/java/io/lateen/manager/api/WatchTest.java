package io.lateen.manager.api;

import static io.lateen.manager.api.Rules.JSON;
import static io.lateen.manager.api.Rules.PATH;
import static io.lateen.manager.api.Rules.YAML;
import static io.lateen.manager.api.Rules.virtualService;
import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.manager.RunningManager;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a watch tells. Statuses are told too; these tests look past them. */
@SuppressWarnings("NullAway.Init") // fields are set by JUnit
final class WatchTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    static RunningManager manager;

    @BeforeAll
    static void start() {
        manager = RunningManager.on(DATABASE.url(), "--lateen.store.window=100");
    }

    @AfterAll
    static void stop() {
        manager.close();
    }

    @Test
    void goesOnFromTheRevisionOfAList() {
        String revision = listRevision();
        create("resumed");
        manager.send("DELETE", PATH + "/resumed", JSON, "");

        List<JsonNode> events = watch("&resourceVersion=" + revision, "resumed");

        assertThat(types(events)).startsWith("ADDED").endsWith("DELETED");
        assertThat(events.stream().map(WatchTest::revisionOf)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void beginsWithWhatIsThereWhenNoRevisionIsNamed() {
        create("present");

        List<JsonNode> events =
                watch(
                        "&sendInitialEvents=true&allowWatchBookmarks=true"
                                + "&resourceVersionMatch=NotOlderThan",
                        "");

        assertThat(events)
                .anyMatch(
                        event -> event.at("/object/metadata/name").asString("").equals("present"));
        assertThat(events)
                .filteredOn(event -> event.path("type").asString().equals("BOOKMARK"))
                .first()
                .satisfies(
                        bookmark ->
                                assertThat(bookmark.toString())
                                        .contains("\"k8s.io/initial-events-end\":\"true\""));
    }

    @Test
    void tellsWhatEntersAndLeavesASelection() {
        String revision = listRevision();
        create("selected");
        label("selected", "\"on\"");
        label("selected", "\"off\"");

        List<JsonNode> events =
                watch("&labelSelector=lit%3Don&resourceVersion=" + revision, "selected");

        assertThat(types(events)).startsWith("ADDED").endsWith("DELETED");
        assertThat(events.getLast().at("/object/metadata/labels/lit").asString())
                .as("as the watcher knew it")
                .isEqualTo("on");
    }

    @Test
    void saysThatAnOldRevisionIsNoLongerKept() {
        String revision = listRevision();
        create("churned");
        for (int i = 0; i < 120; i++) {
            label("churned", "\"n" + i + "\"");
        }

        HttpResponse<String> answer = manager.get(PATH + "?watch=true&resourceVersion=" + revision);

        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(MAPPER.readTree(answer.body()).path("reason").asString()).isEqualTo("Expired");
    }

    @Test
    void tellsWithinASecondWhatAnotherManagerWrote() {
        try (RunningManager other = RunningManager.on(DATABASE.url())) {
            String revision = listRevision();
            long begin = System.nanoTime();
            other.send("POST", PATH, YAML, virtualService("elsewhere", "v1"));

            eventually(
                    Duration.ofSeconds(1),
                    () ->
                            assertThat(
                                            manager.get(PATH + "/elsewhere?resourceVersion=0")
                                                    .statusCode())
                                    .isEqualTo(200));

            assertThat(System.nanoTime() - begin).isPositive();
            assertThat(types(watch("&resourceVersion=" + revision, "elsewhere")))
                    .startsWith("ADDED");
        }
    }

    /** The events of a watch of one second, of objects of this name, or all when it is empty. */
    private static List<JsonNode> watch(String parameters, String name) {
        try (Stream<String> lines =
                manager.lines(PATH + "?watch=true&timeoutSeconds=1" + parameters)) {
            return lines.map(MAPPER::readTree)
                    .filter(
                            event ->
                                    name.isEmpty()
                                            || event.at("/object/metadata/name")
                                                    .asString("")
                                                    .equals(name))
                    .toList();
        }
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asString()).toList();
    }

    private static long revisionOf(JsonNode event) {
        return Long.parseLong(event.at("/object/metadata/resourceVersion").asString());
    }

    private static String listRevision() {
        return MAPPER.readTree(manager.get(PATH).body()).at("/metadata/resourceVersion").asString();
    }

    private static void create(String name) {
        manager.send("POST", PATH, YAML, virtualService(name, "v1"));
    }

    private static void label(String name, String value) {
        manager.send(
                "PATCH",
                PATH + "/" + name,
                "application/merge-patch+json",
                "{\"metadata\":{\"labels\":{\"lit\":" + value + "}}}");
    }
}

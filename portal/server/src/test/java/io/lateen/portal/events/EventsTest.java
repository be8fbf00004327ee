package io.lateen.portal.events;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.portal.BookinfoFixture;
import io.lateen.portal.Browser;
import io.lateen.portal.SharedPortal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stream of events, read from the wire. */
final class EventsTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @BeforeEach
    void tell() {
        BookinfoFixture.tell();
    }

    @Test
    void aPageThatComesIsToldHowThingsAreAndThenWhatChanges() {
        Browser browser = SharedPortal.signedIn("events-all", "viewer", "*");
        try (var stream = Stream.open(browser, "/api/v1/events", null)) {
            eventually(
                    () ->
                            assertThat(stream.names())
                                    .contains("graph", "config", "proxies", "certificates"));
            assertThat(stream.first("config").path("actor").asString("")).isEqualTo("alice");
            assertThat(stream.answer().headers().firstValue("content-type").orElse(""))
                    .startsWith("text/event-stream");
            assertThat(stream.answer().headers().firstValue("content-encoding")).isEmpty();

            SharedPortal.MIXER.answers("/lateen/v1/graph", BookinfoFixture.graph(99));

            eventually(
                    () -> {
                        JsonNode graph = stream.last("graph");
                        assertThat(graph.path("edges").size()).as("the changed edge alone").isOne();
                        assertThat(graph.path("edges").path(0).path("requests").asInt())
                                .isEqualTo(99);
                    });
        }
    }

    @Test
    void aStreamThatBrokeGoesOnWhereItWas() {
        Browser browser = SharedPortal.signedIn("events-all", "viewer", "*");
        String last;
        try (var stream = Stream.open(browser, "/api/v1/events", null)) {
            eventually(() -> assertThat(stream.names()).contains("graph", "certificates"));
            last = stream.lastId();
        }
        SharedPortal.MIXER.answers("/lateen/v1/graph", BookinfoFixture.graph(111));

        try (var stream = Stream.open(browser, "/api/v1/events?topics=graph", last)) {
            eventually(
                    () ->
                            assertThat(
                                            stream.last("graph")
                                                    .path("edges")
                                                    .path(0)
                                                    .path("requests")
                                                    .asInt())
                                    .isEqualTo(111));
            assertThat(stream.names()).as("what it has is not said again").containsOnly("graph");
        }
    }

    @Test
    void anIdThatIsNotKnownHereMeansThatEverythingIsAskedForAgain() {
        Browser browser = SharedPortal.signedIn("events-all", "viewer", "*");
        for (String id : List.of("another-run-4", "nonsense")) {
            try (var stream = Stream.open(browser, "/api/v1/events", id)) {
                eventually(() -> assertThat(stream.names()).first().isEqualTo("resync"));
            }
        }
    }

    @Test
    void theStreamEndsWithTheSessionAndSaysSo() {
        try (Browser browser = SharedPortal.signedIn("events-out", "viewer", "*");
                var stream = Stream.open(browser, "/api/v1/events", null)) {
            eventually(() -> assertThat(stream.names()).isNotEmpty());

            browser.change("DELETE", "/api/v1/session", null);

            eventually(
                    Duration.ofSeconds(2),
                    () -> {
                        assertThat(stream.names()).last().isEqualTo("ended");
                        assertThat(stream.isOver()).isTrue();
                    });
        }
    }

    @Test
    void whoMaySeeOneNamespaceIsToldNothingOfAnother() {
        Browser narrow = SharedPortal.signedIn("events-narrow", "viewer", "shop");
        try (var stream = Stream.open(narrow, "/api/v1/events", null)) {
            eventually(() -> assertThat(stream.names()).contains("config", "proxies"));

            assertThat(stream.text()).doesNotContain("alice", "reviews", "vault", "secret");
        }
    }

    @Test
    void aSessionHasFourStreamsAtMost() {
        try (Browser browser = SharedPortal.signedIn("events-many", "viewer", "*")) {
            List<Stream> open = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                open.add(Stream.open(browser, "/api/v1/events", null));
            }

            assertThat(browser.status("GET", "/api/v1/events")).isEqualTo(429);

            open.forEach(Stream::close);
            eventually(() -> assertThat(browser.status("GET", "/api/v1/events")).isEqualTo(200));
        }
    }

    @Test
    void aTopicThatThereIsNotIsRefusedByName() {
        assertThat(SharedPortal.admin().get("/api/v1/events?topics=graph,weather").code())
                .isEqualTo("topic.unknown");
    }

    /** A stream, read on a thread of its own. */
    private static final class Stream implements AutoCloseable {
        private final HttpResponse<InputStream> answer;
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final Thread thread;

        private Stream(HttpResponse<InputStream> answer) {
            this.answer = answer;
            this.thread = Thread.ofVirtual().start(this::read);
        }

        static Stream open(Browser browser, String path, @Nullable String lastId) {
            HttpRequest.Builder request = browser.request(path).header("Accept-Encoding", "gzip");
            if (lastId != null) {
                request.header("Last-Event-ID", lastId);
            }
            try {
                HttpResponse<InputStream> answer =
                        browser.client()
                                .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
                assertThat(answer.statusCode()).isEqualTo(200);
                return new Stream(answer);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private void read() {
            try (var reader =
                    new BufferedReader(
                            new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                String line = reader.readLine();
                while (line != null) {
                    lines.add(line);
                    line = reader.readLine();
                }
            } catch (IOException e) {
                lines.add(":broken");
            }
        }

        HttpResponse<InputStream> answer() {
            return answer;
        }

        List<String> names() {
            return lines.stream()
                    .filter(line -> line.startsWith("event:"))
                    .map(line -> line.substring(6))
                    .toList();
        }

        JsonNode first(String event) {
            return data(lines.indexOf("event:" + event));
        }

        JsonNode last(String event) {
            return data(lines.lastIndexOf("event:" + event));
        }

        String lastId() {
            return lines.stream()
                    .filter(line -> line.startsWith("id:"))
                    .reduce((_, next) -> next)
                    .orElseThrow()
                    .substring(3);
        }

        String text() {
            return String.join("\n", lines);
        }

        boolean isOver() {
            return !thread.isAlive();
        }

        private JsonNode data(int at) {
            assertThat(at).as("an event of that name in %s", lines).isNotNegative();
            String data =
                    lines.subList(at, lines.size()).stream()
                            .filter(line -> line.startsWith("data:"))
                            .findFirst()
                            .orElse("data:{}");
            return MAPPER.readTree(data.substring(5));
        }

        @Override
        public void close() {
            try {
                answer.body().close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}

package io.lateen.mixer.rules;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lateen.mixer.quota.Limit;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a manager says, followed. */
final class RuleWatchTest {
    private static final String END = "";

    @TempDir Path folder;
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private volatile int watchStatus = 200;
    private volatile List<Limit> limits = List.of();
    private HttpServer manager;
    private RuleWatch watch;

    @BeforeEach
    void start() throws IOException {
        manager = serve(0);
        Path token = folder.resolve("token");
        Files.writeString(token, "secret\n");
        watch =
                new RuleWatch(
                        URI.create("http://127.0.0.1:" + manager.getAddress().getPort()),
                        token,
                        now -> limits = now,
                        new SplittableRandom(1));
        watch.start();
    }

    @AfterEach
    void stop() {
        watch.stop();
        manager.stop(0);
    }

    @Test
    void listsThenFollowsAndGoesOnFromWhereItWas() {
        eventually(() -> assertThat(limits).containsExactly(limit("default/a", 5)));

        events.add(event("ADDED", "b", 7, 12));
        eventually(
                () ->
                        assertThat(limits)
                                .containsExactly(limit("default/a", 5), limit("default/b", 7)));
        events.add(event("MODIFIED", "b", 8, 13));
        events.add(event("DELETED", "a", 5, 14));
        eventually(() -> assertThat(limits).containsExactly(limit("default/b", 8)));
        events.add(
                "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"20\"}}}");
        events.add(END);

        eventually(
                () ->
                        assertThat(queries)
                                .filteredOn(query -> query.contains("resourceVersion=20"))
                                .isNotEmpty());
        assertThat(queries).filteredOn(query -> query.equals("list")).hasSize(1);
    }

    @Test
    void listsAnewWhenTheRevisionIsNoLongerKept() {
        eventually(() -> assertThat(limits).hasSize(1));
        watchStatus = 410;
        events.add(END);

        eventually(
                () ->
                        assertThat(queries)
                                .filteredOn(query -> query.equals("list"))
                                .hasSizeGreaterThan(1));
    }

    @Test
    void theLastRulesStayWhileTheManagerIsAway() throws IOException {
        eventually(() -> assertThat(watch.isConnected()).isTrue());
        int port = manager.getAddress().getPort();
        manager.stop(0);
        events.add(END);
        eventually(() -> assertThat(watch.isConnected()).isFalse());
        assertThat(limits).containsExactly(limit("default/a", 5));

        manager = serve(port);
        events.add(event("ADDED", "b", 7, 12));

        eventually(() -> assertThat(limits).hasSize(2));
        assertThat(queries).filteredOn(query -> query.equals("list")).hasSize(1);
    }

    private static Limit limit(String rule, long requests) {
        return new Limit(rule + "/0", rule, requests, Duration.ofMinutes(1));
    }

    private HttpServer serve(int port) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/apis/lateen.io/v1/ratelimits", this::answer);
        server.start();
        return server;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        assertThat(exchange.getRequestHeaders().getFirst("Authorization"))
                .isEqualTo("Bearer secret");
        if (query == null) {
            queries.add("list");
            byte[] body =
                    ("{\"metadata\":{\"resourceVersion\":\"10\"},\"items\":["
                                    + object("a", 5, 10)
                                    + "]}")
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
            return;
        }
        queries.add(query);
        exchange.sendResponseHeaders(watchStatus, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.flush();
            while (true) {
                String event = events.take();
                if (event.equals(END)) {
                    return;
                }
                out.write((event + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String event(String type, String name, int requests, int revision) {
        return "{\"type\":\"" + type + "\",\"object\":" + object(name, requests, revision) + "}";
    }

    private static String object(String name, int requests, int revision) {
        return "{\"metadata\":{\"namespace\":\"default\",\"name\":\""
                + name
                + "\",\"resourceVersion\":\""
                + revision
                + "\"},\"spec\":{\"service\":\"reviews\",\"limits\":[{\"requests\":"
                + requests
                + ",\"per\":\"1m\"}]}}";
    }
}

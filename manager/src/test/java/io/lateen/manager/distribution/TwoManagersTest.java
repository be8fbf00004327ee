package io.lateen.manager.distribution;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.manager.RunningManager;
import io.lateen.manager.ads.AdsServer;
import io.lateen.manager.publish.SnapshotHolder;
import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.store.ResourceFeed;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two whole managers on one real database, with sidecars' ends of streams on real sockets. */
final class TwoManagersTest {

    private static final Duration A_SECOND = Duration.ofSeconds(1);
    private static final String ECHO = "echo.default.svc.cluster.local";
    private static final String ENDPOINTS = "outbound|9080||" + ECHO;

    private static String database = "";
    private static RunningManager first;
    private static RunningManager second;

    private final List<SocketProxy> proxies = new ArrayList<>();

    @BeforeAll
    static void start() {
        database = EmbeddedDatabase.fresh();
        first = RunningManager.on(database, "--lateen.manager-id=m1");
        second = RunningManager.on(database, "--lateen.manager-id=m2");
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
    }

    @AfterEach
    void goodbye() {
        proxies.forEach(SocketProxy::stop);
        eventually(() -> assertThat(get(first, "proxies")).isEmpty());
        eventually(() -> assertThat(get(second, "proxies")).isEmpty());
        proxies.forEach(SocketProxy::close);
    }

    @Test
    void aSidecarAtOneManagerIsAnEndpointForTheOtherUntilItSaysGoodbye() {
        SocketProxy leaving = proxy("echo-1", "127.0.1.3", first).healthy();
        SocketProxy staying = proxy("echo-2", "127.0.1.4", second).healthy();
        eventually(() -> assertThat(staying.of(SocketProxy.EDS)).containsKey(ENDPOINTS));
        eventually(() -> assertThat(addresses(second)).containsExactly("127.0.1.3", "127.0.1.4"));

        leaving.stop();

        eventually(
                Duration.ofSeconds(2),
                () -> assertThat(addresses(second)).containsExactly("127.0.1.4"));
        assertThat(addresses(first)).containsExactly("127.0.1.4");
    }

    @Test
    void aSidecarWhoseConnectionBreaksIsGoneWithinTenSeconds() {
        SocketProxy leaving = proxy("echo-1", "127.0.1.3", first).healthy();
        eventually(() -> assertThat(addresses(second)).containsExactly("127.0.1.3"));

        leaving.close();

        eventually(Duration.ofSeconds(10), () -> assertThat(addresses(second)).isEmpty());
    }

    @Test
    void aWriteToOneManagerIsInForceAtSidecarsOfTheOtherWithinASecond() {
        SocketProxy proxy = proxy("echo-1", "127.0.1.3", second).healthy();
        eventually(() -> assertThat(proxy.of(SocketProxy.RDS)).containsKey("9080"));
        write(first, route("v0"));

        List<Long> millis = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            String header = "v" + i;
            long begin = System.nanoTime();
            long revision = write(first, route(header));
            eventually(
                    A_SECOND,
                    () ->
                            assertThat(proxy.text(SocketProxy.RDS, "9080"))
                                    .contains("step-" + header + "-"));
            millis.add(Duration.ofNanos(System.nanoTime() - begin).toMillis());
            for (RunningManager manager : List.of(first, second)) {
                JsonNode answer = get(manager, "revisions/" + revision + "?wait=1s");
                assertThat(answer.path("inForce").asBoolean()).as(answer.toString()).isTrue();
                assertThat(answer.path("sidecars").path("total").asInt()).isEqualTo(1);
            }
        }
        System.out.printf("in force at a sidecar of the other manager after (ms): %s%n", millis);
    }

    @Test
    void aSidecarThatMovesIsSentNothingThatItHas() {
        SocketProxy proxy = proxy("echo-1", "127.0.1.3", first).healthy();
        long revision = write(first, route("moving"));
        eventually(
                () ->
                        assertThat(get(second, "revisions/" + revision).path("inForce").asBoolean())
                                .isTrue());

        awaitSettled(proxy, "moving", first, second);

        proxy.close();
        proxy.connect(second.bean(AdsServer.class).port());

        eventually(
                () -> {
                    JsonNode moved = get(second, "proxies").get(0);
                    assertThat(moved.path("manager").asString()).isEqualTo("m2");
                    assertThat(moved.path("inForceRevision").asLong())
                            .isGreaterThanOrEqualTo(revision);
                    assertThat(moved.path("healthy").asBoolean()).isTrue();
                });
        assertThat(proxy.received()).isEmpty();
    }

    @Test
    void aManagerThatStartsLaterTranslatesTheSameBytesAndCountsTheSameRevisions() {
        SocketProxy proxy = proxy("echo-1", "127.0.1.3", first).healthy();
        long revision = write(first, route("later"));
        eventually(
                () ->
                        assertThat(programmed().path("observedGeneration").asLong())
                                .as("a status was written after the rule")
                                .isEqualTo(generation()));

        try (RunningManager third = RunningManager.on(database, "--lateen.manager-id=m3")) {
            long newest = third.bean(ResourceFeed.class).head();
            assertThat(newest).isGreaterThan(revision);
            assertThat(get(third, "revisions/" + newest + "?wait=2s").path("inForce").asBoolean())
                    .isTrue();
            awaitSettled(proxy, "later", first, third);
            proxy.close();
            proxy.connect(third.bean(AdsServer.class).port());
            eventually(
                    () ->
                            assertThat(get(third, "proxies").get(0).path("manager").asString())
                                    .isEqualTo("m3"));
            eventually(
                    () ->
                            assertThat(
                                            get(third, "proxies")
                                                    .get(0)
                                                    .path("inForceRevision")
                                                    .asLong())
                                    .isPositive());
            assertThat(proxy.received()).isEmpty();
            proxy.close();
            proxy.connect(first.bean(AdsServer.class).port());
            eventually(
                    () ->
                            assertThat(get(first, "proxies").get(0).path("manager").asString())
                                    .isEqualTo("m1"));
        }
    }

    @Test
    void aRefusalIsShownOnTheProxyTheRevisionAndTheResource() {
        SocketProxy proxy = proxy("echo-1", "127.0.1.3", second).healthy();
        eventually(() -> assertThat(proxy.of(SocketProxy.RDS)).containsKey("9080"));

        proxy.refuse(
                response ->
                        response.getTypeUrl().equals(SocketProxy.RDS)
                                && response.getResourcesCount() > 0);
        long revision = write(first, route("refused"));

        eventually(
                () -> {
                    JsonNode shown = get(first, "proxies").get(0);
                    assertThat(shown.path("types").path("RDS").path("status").asString())
                            .isEqualTo("NACKED");
                    assertThat(shown.path("lastNack").path("message").asString())
                            .isEqualTo("9080: refused by the test");
                    assertThat(shown.path("lastNack").path("resource").asString())
                            .isEqualTo("9080");
                });
        JsonNode answer = get(first, "revisions/" + revision);
        assertThat(answer.path("inForce").asBoolean()).isFalse();
        assertThat(answer.path("sidecars").path("lagging").get(0).path("reason").asString())
                .isEqualTo("it refused RDS: 9080: refused by the test");
        eventually(
                () -> {
                    JsonNode programmed = programmed();
                    assertThat(programmed.path("status").asString()).isEqualTo("False");
                    assertThat(programmed.path("reason").asString()).isEqualTo("Rejected");
                });

        proxy.refuse(response -> false);

        eventually(
                () -> {
                    JsonNode programmed = programmed();
                    assertThat(programmed.path("status").asString()).isEqualTo("True");
                    assertThat(programmed.path("message").asString())
                            .isEqualTo("in force on 1 of 1 sidecars");
                });
    }

    private SocketProxy proxy(String name, String address, RunningManager manager) {
        SocketProxy proxy = new SocketProxy(name, address);
        proxies.add(proxy);
        return proxy.connect(manager.bean(AdsServer.class).port());
    }

    /**
     * Waits until the proxy has all that follows from {@code step} and from itself, and nothing
     * more, and until the other manager knows as much. That a revision is in force does not say so:
     * the workload's own service comes and gets healthy by pushes of their own, and what its coming
     * makes superfluous, the listener of port 80 for a host without a service, goes with the last.
     */
    private static void awaitSettled(
            SocketProxy proxy, String step, RunningManager its, RunningManager other) {
        eventually(
                () -> {
                    assertThat(proxy.text(SocketProxy.RDS, "9080")).contains("step-" + step + "-");
                    assertThat(proxy.of(SocketProxy.RDS)).containsOnlyKeys("9080");
                    assertThat(proxy.of(SocketProxy.LDS)).doesNotContainKey("0.0.0.0_80");
                    assertThat(proxy.holdsHealthy(ENDPOINTS)).isTrue();
                    assertThat(snapshot(other).revision())
                            .isGreaterThanOrEqualTo(snapshot(its).revision());
                    assertThat(snapshot(other).services()).isEqualTo(snapshot(its).services());
                });
    }

    private static MeshSnapshot snapshot(RunningManager manager) {
        return manager.bean(SnapshotHolder.class).current().orElseThrow().snapshot();
    }

    private static List<String> addresses(RunningManager manager) {
        return StreamSupport.stream(get(manager, "services").spliterator(), false)
                .filter(service -> service.path("hostname").asString().equals(ECHO))
                .flatMap(s -> StreamSupport.stream(s.path("endpoints").spliterator(), false))
                .filter(endpoint -> endpoint.path("health").asString().equals("HEALTHY"))
                .map(endpoint -> endpoint.path("address").asString())
                .sorted()
                .toList();
    }

    private static long generation() {
        return rule().path("metadata").path("generation").asLong();
    }

    private static JsonNode rule() {
        return read(second, "/apis/networking.istio.io/v1/namespaces/default/virtualservices/echo");
    }

    private static JsonNode programmed() {
        JsonNode rule = rule();
        return StreamSupport.stream(rule.path("status").path("conditions").spliterator(), false)
                .filter(condition -> condition.path("type").asString().equals("Programmed"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(rule.toString()));
    }

    private static JsonNode get(RunningManager manager, String path) {
        return read(manager, "/lateen/v1/" + path);
    }

    private static JsonNode read(RunningManager manager, String path) {
        HttpResponse<String> answer = manager.send(manager.request(path).GET().build());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    /** Writes the rule, and returns the revision that it became. */
    private static long write(RunningManager manager, String spec) {
        String rules = "/apis/networking.istio.io/v1/namespaces/default/virtualservices";
        HttpResponse<String> answer =
                manager.send(
                        manager.request(rules + "/echo")
                                .header("Content-Type", "application/merge-patch+json")
                                .method(
                                        "PATCH",
                                        HttpRequest.BodyPublishers.ofString(
                                                "{\"spec\":" + spec + "}"))
                                .build());
        if (answer.statusCode() == 404) {
            answer =
                    manager.send(
                            manager.request(rules)
                                    .header("Content-Type", "application/json")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    """
                                                    {"apiVersion": "networking.istio.io/v1",
                                                     "kind": "VirtualService",
                                                     "metadata": {"name": "echo"}, "spec": %s}
                                                    """
                                                            .formatted(spec)))
                                    .build());
        }
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
        return JsonMapper.shared()
                .readTree(answer.body())
                .path("metadata")
                .path("resourceVersion")
                .asLong();
    }

    private static String route(String step) {
        return """
               {"hosts": ["echo"], "http": [{"route": [{"destination": {"host": "echo"},
                "headers": {"response": {"set": {"x-step": "step-%s-"}}}}]}]}
               """
                .formatted(step);
    }
}

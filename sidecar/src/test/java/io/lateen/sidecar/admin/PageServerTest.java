package io.lateen.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.lateen.sidecar.ads.ResourceType;
import io.lateen.sidecar.ads.XdsResource;
import io.lateen.sidecar.exchange.WorkloadFacts;
import io.lateen.sidecar.plan.LivePlan;
import io.lateen.sidecar.telemetry.Telemetry;
import io.lateen.testkit.net.LoopbackAddresses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.netty.resources.LoopResources;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageServerTest {

    private static final String SECRET = "Bearer topsecret";

    private final LoopResources loops = LoopResources.create("test", 1, true);
    private final AtomicInteger drains = new AtomicInteger();
    private final AtomicInteger inboundDrains = new AtomicInteger();
    private final String address = LoopbackAddresses.next();
    private volatile String state = "LIVE";
    private PageServer server = open();

    @BeforeEach
    void ready() {
        state = "LIVE";
    }

    @AfterEach
    void reopen() {
        server.close();
        server = open();
    }

    @AfterAll
    void close() {
        server.close();
        loops.dispose();
    }

    @Test
    void answersEveryPageOnItsHelp() throws IOException {
        String help = get("/").body();

        List<String> paths =
                help.lines()
                        .filter(line -> line.startsWith("/"))
                        .map(line -> line.split(" ", 2)[0])
                        .toList();

        assertThat(paths).hasSizeGreaterThan(8);
        for (String path : paths) {
            assertThat(get(path).status()).as(path).isEqualTo(path.equals("/drain") ? 405 : 200);
        }
        assertThat(get("/nothing").status()).isEqualTo(404);
    }

    @Test
    void dumpsTheConfigurationWithoutItsSecrets() throws IOException {
        String dump = get("/config_dump").body();

        assertThat(dump)
                .contains("envoy.admin.v3.RoutesConfigDump")
                .contains("reviews.default.svc.cluster.local:9080")
                .contains("\"version_info\": \"v1\"")
                .contains("[redacted]")
                .contains("visible")
                .doesNotContain("topsecret");
    }

    @Test
    void isReadyWhenTheSidecarIs() throws IOException {
        assertThat(get("/ready").status()).isEqualTo(200);
        state = "DRAINING";
        assertThat(get("/ready").status()).isEqualTo(503);
        assertThat(get("/server_info").body()).contains("\"state\": \"DRAINING\"");
    }

    @Test
    void changesOnlyOnPost() throws IOException {
        int before = drains.get();
        assertThat(get("/drain").status()).isEqualTo(405);
        assertThat(drains).hasValue(before);

        assertThat(ask("POST", "/drain", "").status()).isEqualTo(200);
        assertThat(drains).hasValue(before + 1);
    }

    @Test
    void drainsWhatComesFromOthersAlone() throws IOException {
        assertThat(get("/drain_listeners").body()).isEqualTo("LIVE\n");
        assertThat(ask("POST", "/drain_listeners", "").status()).isEqualTo(400);
        assertThat(inboundDrains).hasValue(0);

        assertThat(ask("POST", "/drain_listeners?inboundonly", "").status()).isEqualTo(200);

        assertThat(inboundDrains).hasValue(1);
        assertThat(drains).hasValue(0);
    }

    @Test
    void changesLogLevels() throws IOException {
        assertThat(ask("POST", "/logging?io.lateen.test=debug", "").body())
                .contains("io.lateen.test: debug");
        assertThat(ask("POST", "/logging?level=loud", "").status()).isEqualTo(400);
        assertThat(get("/logging?io.lateen.test=trace").status()).isEqualTo(405);
    }

    @Test
    void answersNobodyWhoCameByAnotherName() throws IOException {
        assertThat(raw("GET /config_dump HTTP/1.1\r\nHost: evil.example\r\n\r\n").status())
                .isEqualTo(403);
        assertThat(
                        raw("POST /drain HTTP/1.1\r\nHost: localhost\r\nOrigin:"
                                        + " http://evil.example\r\nContent-Length: 0\r\n\r\n")
                                .status())
                .isEqualTo(403);
    }

    @Test
    void speaksPrometheusAndOpenMetrics() throws IOException {
        assertThat(get("/stats/prometheus").body()).contains("# TYPE istio_requests_total counter");
        Answer open = ask("GET", "/stats/prometheus", "Accept: application/openmetrics-text\r\n");
        assertThat(open.head()).contains("application/openmetrics-text; version=1.0.0");
        assertThat(open.body()).endsWith("# EOF\n");
        assertThat(get("/stats").body()).contains("istio_build{component=\"proxy\",tag=\"t\"}: 1");
    }

    @Test
    void refusesToBeReachedFromElsewhere() throws Exception {
        InetSocketAddress anywhere =
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}), 0);

        assertThatThrownBy(() -> PageServer.local(anywhere, Map.of(), loops, Runnable::run))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a loopback address");
    }

    private PageServer open() {
        AdminPages pages =
                new AdminPages(
                        new LivePlan(),
                        new Telemetry(WorkloadFacts.UNKNOWN, "t", Map.of(), null),
                        List::of,
                        () -> new ServerState("t", state, "node", 1, 7, "manager", "m", 0, ""),
                        PageServerTest::resources,
                        new AdminPages.Drains(
                                drains::incrementAndGet, inboundDrains::incrementAndGet));
        return PageServer.local(
                new InetSocketAddress(address, 0), pages.admin(), loops, Runnable::run);
    }

    private static List<XdsResource> resources(ResourceType type) {
        if (type != ResourceType.ROUTES) {
            return List.of();
        }
        Route.Builder route =
                Route.newBuilder()
                        .addRequestHeadersToAdd(header("authorization", SECRET))
                        .addRequestHeadersToAdd(header("x-plain", "visible"));
        RouteConfiguration routes =
                RouteConfiguration.newBuilder()
                        .setName("9080")
                        .addVirtualHosts(
                                VirtualHost.newBuilder()
                                        .setName("reviews.default.svc.cluster.local:9080")
                                        .addRoutes(route))
                        .build();
        return List.of(new XdsResource("9080", "v1", Any.pack(routes)));
    }

    private static HeaderValueOption header(String name, String value) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
                .build();
    }

    private record Answer(int status, String head, String body) {}

    private Answer get(String path) throws IOException {
        return ask("GET", path, "");
    }

    private Answer ask(String method, String path, String headers) throws IOException {
        return raw(
                "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\n%s\r\n"
                        .formatted(method, path, address, headers));
    }

    private Answer raw(String request) throws IOException {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            String closing = request.replaceFirst("\r\n\r\n$", "\r\nConnection: close\r\n\r\n");
            socket.getOutputStream().write(closing.getBytes(StandardCharsets.US_ASCII));
            String all =
                    new BufferedReader(
                                    new InputStreamReader(
                                            socket.getInputStream(), StandardCharsets.UTF_8))
                            .lines()
                            .collect(Collectors.joining("\n", "", "\n"));
            int blank = all.indexOf("\n\n");
            return new Answer(
                    Integer.parseInt(all.substring(9, 12)),
                    all.substring(0, blank),
                    all.substring(blank + 2));
        }
    }
}

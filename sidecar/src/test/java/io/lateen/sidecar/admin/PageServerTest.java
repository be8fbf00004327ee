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
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.resources.LoopResources;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageServerTest {

    private static final String SECRET = "Bearer topsecret";

    private final LoopResources loops = LoopResources.create("test", 1, true);
    private final AtomicInteger ends = new AtomicInteger();
    private final AtomicInteger inboundDrains = new AtomicInteger();
    private final String address = LoopbackAddresses.next();
    private volatile String state = "LIVE";
    @TempDir private static Path folder;
    private PageServer server;

    @BeforeEach
    void ready() throws IOException {
        state = "LIVE";
        ends.set(0);
        inboundDrains.set(0);
        server = open();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @AfterAll
    void end() {
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
            boolean changes = path.equals("/drain") || path.equals("/quitquitquit");
            assertThat(get(path).status()).as(path).isEqualTo(changes ? 405 : 200);
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
        assertThat(ask("GET", "/drain", shown()).status()).isEqualTo(405);
        assertThat(ask("GET", "/quitquitquit", shown()).status()).isEqualTo(405);
        assertThat(inboundDrains).hasValue(0);
        assertThat(ends).hasValue(0);

        assertThat(ask("POST", "/drain", shown()).status()).isEqualTo(200);
        assertThat(inboundDrains).hasValue(1);
        assertThat(ask("POST", "/quitquitquit", shown()).status()).isEqualTo(200);
        assertThat(ends).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/drain", "/drain_listeners?inboundonly", "/quitquitquit"})
    void endsNothingForWhoDoesNotShowTheToken(String path) throws IOException {
        String text = token();

        for (String authorization :
                List.of(
                        "",
                        "Authorization: Bearer\r\n",
                        "Authorization: Bearer " + text.replaceFirst(".$", "x") + "\r\n",
                        "Authorization: Bearer " + text + text + "\r\n",
                        "Authorization: Basic " + text + "\r\n",
                        "Authorization: " + text + "\r\n")) {
            Answer answer = ask("POST", path, authorization);
            assertThat(answer.status()).as(authorization).isEqualTo(401);
            assertThat(answer.body()).contains("admin-token").doesNotContain(text);
        }
        assertThat(inboundDrains).hasValue(0);
        assertThat(ends).hasValue(0);
    }

    @Test
    void endsNothingWhereThereIsNoToken() throws IOException {
        server.close();
        server = open(Optional.empty());

        assertThat(ask("POST", "/quitquitquit", "Authorization: Bearer\r\n").status())
                .isEqualTo(403);
        assertThat(ends).hasValue(0);
    }

    @Test
    void keepsTheTokenWhereItsOwnerAloneReadsIt() throws IOException {
        String before = token();

        server.close();
        server = open();

        assertThat(token()).hasSize(64).isNotEqualTo(before);
        assertThat(Files.getPosixFilePermissions(folder.resolve(AdminToken.FILE)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(folder.toFile().list()).containsExactly(AdminToken.FILE);
    }

    /** What is not of this machine does not even get a connection. */
    @Test
    void isNotFoundOnAnyOtherAddressOfThisMachine() throws IOException {
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress other : Collections.list(each.getInetAddresses())) {
                if (!other.isLoopbackAddress()) {
                    assertThatThrownBy(() -> new Socket(other, server.address().getPort()).close())
                            .as(other.toString())
                            .isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void drainsWhatComesFromOthersAlone() throws IOException {
        assertThat(get("/drain_listeners").body()).isEqualTo("LIVE\n");
        assertThat(ask("POST", "/drain_listeners", shown()).status()).isEqualTo(400);
        assertThat(inboundDrains).hasValue(0);

        assertThat(ask("POST", "/drain_listeners?inboundonly", shown()).status()).isEqualTo(200);

        assertThat(inboundDrains).hasValue(1);
        assertThat(ends).hasValue(0);
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

    private static String token() throws IOException {
        return Files.readString(folder.resolve(AdminToken.FILE));
    }

    private static String shown() throws IOException {
        return "Authorization: Bearer " + token() + "\r\n";
    }

    private PageServer open() throws IOException {
        return open(Optional.of(AdminToken.create(folder, new SecureRandom())));
    }

    private PageServer open(Optional<AdminToken> token) {
        AdminPages pages =
                new AdminPages(
                        new LivePlan(),
                        new Telemetry(WorkloadFacts.UNKNOWN, "t", Map.of(), null),
                        List::of,
                        () -> new ServerState("t", state, "node", 1, 7, "manager", "m", 0, ""),
                        PageServerTest::resources,
                        new AdminPages.Ends(
                                inboundDrains::incrementAndGet, ends::incrementAndGet, token));
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

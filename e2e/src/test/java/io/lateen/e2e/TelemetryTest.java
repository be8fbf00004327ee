package io.lateen.e2e;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.e2e.fixture.Answer;
import io.lateen.e2e.fixture.AuthorityProcess;
import io.lateen.e2e.fixture.Closing;
import io.lateen.e2e.fixture.Echo;
import io.lateen.e2e.fixture.Ground;
import io.lateen.e2e.fixture.ManagerClient;
import io.lateen.e2e.fixture.ManagerProcess;
import io.lateen.e2e.fixture.MixerProcess;
import io.lateen.e2e.fixture.SidecarProcess;
import io.lateen.e2e.fixture.Stranger;
import io.lateen.e2e.fixture.Wire;
import io.lateen.testkit.net.LoopbackAddresses;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/**
 * What the mixer sees and counts, with every program a process of its own and mutual TLS between
 * all of them: records, questions about quota, configuration and traffic.
 */
@Tag("mesh")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class TelemetryTest {

    private static final Closing CLOSING = new Closing();
    private static final Ground GROUND = Ground.named("telemetry");
    private static final String LIMIT =
            """
            apiVersion: lateen.io/v1
            kind: RateLimit
            metadata: {name: echo, namespace: default}
            spec:
              service: echo
              limits: [{requests: 3, per: 1h, by: [{header: end-user}]}]
              onUnavailable: %s
              deadline: 500ms
            """;

    private static final int GRPC = 9091;

    private static String address;
    private static String authorityAddress;
    private static ManagerClient manager;
    private static MixerProcess mixer;
    private static SidecarProcess caller;

    /** Calls that echo has answered: those of the start count as well. */
    private static long served;

    @BeforeAll
    static void start() throws IOException {
        address = LoopbackAddresses.next();
        String database = EmbeddedDatabase.fresh();
        authorityAddress = LoopbackAddresses.next();
        AuthorityProcess authority =
                CLOSING.keep(AuthorityProcess.start(GROUND, authorityAddress, database));
        ManagerProcess process =
                CLOSING.keep(
                        ManagerProcess.start(
                                GROUND,
                                "manager",
                                address,
                                database,
                                with(
                                        authority.programSettings("lateen-manager"),
                                        "--lateen.xds.plaintext=false",
                                        "--lateen.mixer.address=" + address + ":" + GRPC)));
        Path token = GROUND.folder("mixer").resolve("manager-token");
        Files.writeString(token, process.token());
        mixer =
                CLOSING.keep(
                        MixerProcess.start(
                                GROUND,
                                address,
                                database,
                                with(
                                        authority.programSettings("lateen-mixer"),
                                        "--lateen.manager.url=" + process.url(),
                                        "--lateen.manager.token-file=" + token)));
        manager = new ManagerClient(process);
        caller =
                CLOSING.keep(
                        SidecarProcess.sidecar(
                                GROUND,
                                process.xdsTls(),
                                "caller",
                                "v1",
                                authority.sidecarFlags("default", "caller")));
        CLOSING.keep(Echo.start(GROUND, process.xdsTls(), "v1", authority));
        caller.awaitReady();
        eventually(Duration.ofSeconds(30), GROUND::dump, () -> assertThat(call("")).isEqualTo(200));
    }

    @AfterAll
    static void stop() {
        CLOSING.close();
    }

    @Test
    @Order(1)
    void theGraphShowsWhoCalledWhomAndCountsEveryCallOnce() throws IOException {
        for (int i = 0; i < 20; i++) {
            call("");
        }

        eventually(
                Duration.ofSeconds(10),
                GROUND::dump,
                () -> assertThat(edge().path("requests").asLong()).isEqualTo(served));
        JsonNode edge = edge();
        assertThat(edge.path("source").asString()).isEqualTo("default/caller-v1");
        assertThat(edge.path("target").asString()).isEqualTo("default/echo-v1");
        assertThat(edge.path("service").asString()).isEqualTo("echo.default.svc.cluster.local");
        assertThat(edge.path("p95").asDouble()).isPositive();
        assertThat(edge.path("mtls").asString()).isEqualTo("all");
        assertThat(mixer.graph().path("dropped").asLong()).isZero();
    }

    @Test
    @Order(2)
    void theMixerSpeaksWithNobodyWhoShowsNoCertificate() throws Exception {
        assertThat(new Stranger(authorityAddress, 8060).overTls())
                .as("the authority's answer, who speaks with those that have none yet")
                .isNotEmpty();
        assertThat(new Stranger(address, GRPC).inPlaintext())
                .as("an answer in plaintext")
                .isEmpty();
        assertThat(new Stranger(address, GRPC).overTls())
                .as("an answer over TLS without a certificate")
                .isEmpty();
        assertThat(new Stranger(address, 15012).overTls()).as("the manager's").isEmpty();
        assertThatThrownBy(() -> new Stranger(address, 15010).inPlaintext())
                .as("the manager's plaintext port, which is off")
                .isInstanceOf(ConnectException.class);
    }

    @Test
    @Order(3)
    void aLimitIsKeptForEachUserAndSaysWhenToComeBack() throws IOException {
        inForce(LIMIT.formatted("Allow"));

        for (String user : new String[] {"jason", "alice"}) {
            for (int i = 0; i < 3; i++) {
                assertThat(call(user)).as("%s, request %d", user, i).isEqualTo(200);
            }
            Answer over = answer(user);
            assertThat(over.status()).isEqualTo(429);
            assertThat(over.header("ratelimit-limit")).contains("3");
            assertThat(Integer.parseInt(over.header("retry-after").orElse("0")))
                    .isBetween(3_000, 3_600);
            assertThat(over.header("x-lateen-reason"))
                    .hasValueSatisfying(
                            reason -> assertThat(reason).contains("RL", "RateLimit default/echo"));
        }
        eventually(() -> assertThat(edge().path("codes").path("429").asLong()).isEqualTo(2));
    }

    @Test
    @Order(4)
    void withoutAMixerTheRuleDecidesAndTrafficGoesOn() throws IOException {
        mixer.kill();

        assertThat(call("jason")).as("Allow").isEqualTo(200);
        manager.apply(LIMIT.formatted("Deny"));
        eventually(
                () -> {
                    Answer refused = answer("jason");
                    assertThat(refused.status()).isEqualTo(503);
                    assertThat(refused.header("x-lateen-reason").orElse("")).contains("RLSE");
                });
    }

    private static String[] with(String[] some, String... more) {
        return Stream.concat(Stream.of(some), Stream.of(more)).toArray(String[]::new);
    }

    /** In force at the sidecars, and known to the mixer. */
    private static void inForce(String yaml) {
        long revision = manager.apply(yaml);
        assertThat(manager.revision(revision).get("inForce").asBoolean()).isTrue();
        eventually(() -> assertThat(mixer.metrics()).contains("lateen_mixer_quota_limits 1.0"));
    }

    private static JsonNode edge() {
        for (JsonNode edge : mixer.graph().path("edges")) {
            if (edge.path("target").asString("").equals("default/echo-v1")) {
                return edge;
            }
        }
        return new tools.jackson.databind.json.JsonMapper().createObjectNode();
    }

    private static int call(String user) throws IOException {
        int status = answer(user).status();
        if (status == 200) {
            served++;
        }
        return status;
    }

    private static Answer answer(String user) throws IOException {
        try (Wire wire = caller.outbound()) {
            return user.isEmpty()
                    ? wire.get(Echo.HOST, "/")
                    : wire.get(Echo.HOST, "/", Map.of("end-user", user));
        }
    }
}

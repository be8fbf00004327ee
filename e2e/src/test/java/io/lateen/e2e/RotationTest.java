package io.lateen.e2e;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.e2e.fixture.AuthorityProcess;
import io.lateen.e2e.fixture.Closing;
import io.lateen.e2e.fixture.Echo;
import io.lateen.e2e.fixture.EndlessStream;
import io.lateen.e2e.fixture.Ground;
import io.lateen.e2e.fixture.ManagerClient;
import io.lateen.e2e.fixture.ManagerProcess;
import io.lateen.e2e.fixture.MirrorApplication;
import io.lateen.e2e.fixture.SidecarProcess;
import io.lateen.e2e.fixture.SteadyCalls;
import io.lateen.e2e.fixture.Stranger;
import io.lateen.e2e.fixture.Wire;
import io.lateen.testkit.net.LoopbackAddresses;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Certificates are renewed from a real authority under load, and nobody notices: no request fails,
 * and a stream that began under the first certificates outlives them.
 *
 * <p>Here their life is 10 s, and it ends when each side has shown three. {@code
 * -Dtest.jvm.options=-Dlateen.rotation=PT5M} takes certificates of a minute and goes on for that
 * long.
 */
@Tag("mesh")
final class RotationTest {

    private static final Duration LONG =
            Duration.parse(System.getProperty("lateen.rotation", "PT0S"));
    private static final Duration LIFETIME = Duration.ofSeconds(LONG.isZero() ? 10 : 60);

    /** Of each side, while it is watched: the first, and two that took its place. */
    private static final int CERTIFICATES = 3;

    private static final int STREAM = 9000;
    private static final int CALLS_PER_SECOND = 200;
    private static final int CONNECTIONS = 8;

    /** Connections end and begin all the time, so that new certificates are shown in handshakes. */
    private static final String SHORT_CONNECTIONS =
            """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: echo, namespace: default}
            spec:
              host: echo
              trafficPolicy: {connectionPool: {http: {maxRequestsPerConnection: 25}}}
            ---
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: default, namespace: default}
            spec: {mtls: {mode: STRICT}}
            """;

    private static final Closing CLOSING = new Closing();
    private static final Ground GROUND = Ground.named("rotation");
    private static AuthorityProcess authority;
    private static Echo echo;
    private static SidecarProcess caller;

    @BeforeAll
    static void start() {
        String database = EmbeddedDatabase.fresh();
        authority =
                CLOSING.keep(
                        AuthorityProcess.start(
                                GROUND,
                                LoopbackAddresses.next(),
                                database,
                                "--lateen.certificate-ttl=" + LIFETIME.toSeconds() + "s"));
        ManagerProcess manager =
                CLOSING.keep(
                        ManagerProcess.start(
                                GROUND,
                                "manager",
                                LoopbackAddresses.next(),
                                database,
                                authority.programSettings("lateen-manager")));
        caller =
                CLOSING.keep(
                        SidecarProcess.sidecar(
                                GROUND,
                                manager.xdsTls(),
                                "caller",
                                "v1",
                                authority.sidecarFlags("default", "caller")));
        echo =
                CLOSING.keep(
                        Echo.start(
                                GROUND,
                                manager.xdsTls(),
                                "v1",
                                Stream.concat(
                                                Stream.of(
                                                        authority.sidecarFlags("default", "echo")),
                                                Stream.of("--serve", "echo:" + STREAM + ":tcp"))
                                        .toArray(String[]::new)));
        CLOSING.keep(MirrorApplication.start(echo.sidecar().address(), 9001, STREAM));
        caller.awaitReady();
        ManagerClient client = new ManagerClient(manager);
        long revision = client.apply(SHORT_CONNECTIONS);
        assertThat(client.revision(revision).path("inForce").asBoolean()).isTrue();
        eventually(
                Duration.ofSeconds(30),
                GROUND::dump,
                () -> {
                    try (Wire wire = caller.outbound()) {
                        assertThat(wire.get(Echo.HOST, "/").status()).isEqualTo(200);
                    }
                });
    }

    @AfterAll
    static void stop() {
        CLOSING.close();
    }

    @Test
    void renewalsUnderLoadFailNoRequestAndBreakNoStream() throws Exception {
        long begin = System.nanoTime();
        AtomicLong looked = new AtomicLong();
        Set<String> served = new LinkedHashSet<>();
        SteadyCalls.Outcome outcome;
        long mirrored;
        try (EndlessStream stream = EndlessStream.open(caller, "echo:" + STREAM);
                SteadyCalls calls =
                        SteadyCalls.toEcho(
                                caller,
                                CONNECTIONS,
                                CALLS_PER_SECOND,
                                answer -> answer.status() == 200)) {
            eventually(
                    LONG.plus(LIFETIME.multipliedBy(CERTIFICATES)),
                    GROUND::dump,
                    () -> {
                        // A few handshakes per second, not as many as there is time for.
                        assertThat(calls.answered())
                                .isGreaterThanOrEqualTo(looked.get() + CALLS_PER_SECOND / 4);
                        looked.set(calls.answered());
                        served.add(new Stranger(echo.sidecar().address(), 15006).shownSerial());
                        stream.check();
                        assertThat(served).hasSizeGreaterThanOrEqualTo(CERTIFICATES);
                        assertThat(echo.application().certificates())
                                .hasSizeGreaterThanOrEqualTo(CERTIFICATES);
                        assertThat(System.nanoTime() - begin)
                                .isGreaterThanOrEqualTo(LONG.toNanos());
                    });
            outcome = calls.end();
            mirrored = stream.end();
        }

        System.out.printf(
                "certificates of %d s: %d calls, %.0f per second, failed: %d; a stream of %d KiB"
                        + " over %d ms; certificates shown by the server: %d, by the client: %d%n",
                LIFETIME.toSeconds(),
                outcome.answered(),
                outcome.rate(),
                outcome.wrong(),
                mirrored / 1024,
                outcome.took().toMillis(),
                served.size(),
                echo.application().certificates().size());
        assertThat(outcome.complaints()).as("failed").isEmpty();
        assertThat(outcome.answered()).as("calls").isPositive();
        assertThat(mirrored).as("bytes there and back").isPositive();
        assertThat(authority.serials("spiffe://cluster.local/ns/default/sa/echo"))
                .as("what was shown is what the authority has issued")
                .containsAll(served);
        assertThat(authority.serials("spiffe://cluster.local/ns/default/sa/caller"))
                .hasSizeGreaterThanOrEqualTo(CERTIFICATES);
    }
}

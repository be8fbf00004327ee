package io.lateen.e2e;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.e2e.fixture.Callers;
import io.lateen.e2e.fixture.Closing;
import io.lateen.e2e.fixture.Echo;
import io.lateen.e2e.fixture.Edits;
import io.lateen.e2e.fixture.Mesh;
import io.lateen.e2e.fixture.MirrorApplication;
import io.lateen.e2e.fixture.OnTheMesh;
import io.lateen.e2e.fixture.SteadyLoad;
import io.lateen.e2e.fixture.StreamApplication;
import io.lateen.testkit.net.LoopbackAddresses;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Valid changes, five a second, while services are called: no call fails by them, none meets parts
 * of two revisions, and a service that no change touches keeps its connections.
 *
 * <p>The long form, five minutes: {@code -Dlateen.edits.seconds=300 -Dlateen.edits.rate=500}.
 */
@OnTheMesh
class EditsTest {

    private static final int SECONDS = Integer.getInteger("lateen.edits.seconds", 8);
    private static final int RATE = Integer.getInteger("lateen.edits.rate", 200);
    private static final long SEED = Long.getLong("lateen.edits.seed", 20_261_124);
    private static final int EDITS_PER_SECOND = 5;
    private static final String BODY = "body ".repeat(1_000);

    private static final Closing closing = new Closing();

    @AfterAll
    static void stop() {
        closing.close();
    }

    @Test
    void changesUnderLoadHarmNoCallAndNoConnection(Mesh mesh) {
        List<String> addresses = Stream.generate(LoopbackAddresses::next).limit(4).toList();
        addresses.forEach(EditsTest::serve);
        String steady = LoopbackAddresses.next();
        MirrorApplication steadyHttp =
                closing.keep(MirrorApplication.start(steady, Edits.httpPort(), 9000));
        StreamApplication steadyGrpc =
                closing.keep(StreamApplication.start(steady, Edits.grpcPort()));
        Edits edits = new Edits(SEED, addresses);
        Edits.first(addresses, steady).forEach(mesh.client()::apply);
        mesh.apply(edits.route());

        Map<String, SteadyLoad.Tally> outcome;
        int made;
        try (SteadyLoad load = load(mesh, edits)) {
            eventually(() -> assertThat(load.made()).isGreaterThan(RATE));
            made = edit(mesh, edits);
            outcome = load.end();
        }

        System.out.printf("seed %d: %d edits in %d s%n", SEED, made, SECONDS);
        outcome.forEach((kind, tally) -> System.out.printf("  %s: %s%n", kind, tally));
        System.out.printf(
                "  connections of the service that no edit touches: %d HTTP/1.1, %d HTTP/2%n",
                steadyHttp.connections(), steadyGrpc.connections());
        assertThat(outcome)
                .allSatisfy(
                        (kind, tally) -> {
                            assertThat(tally.made()).as(kind).isPositive();
                            assertThat(tally.failed()).as(kind + ": " + tally).isZero();
                        });
        assertThat(steadyHttp.connections()).isEqualTo(1);
        assertThat(steadyGrpc.connections()).isEqualTo(1);
    }

    private static void serve(String address) {
        closing.keep(MirrorApplication.start(address, Edits.httpPort(), 9000));
        closing.keep(StreamApplication.start(address, Edits.grpcPort()));
    }

    private static SteadyLoad load(Mesh mesh, Edits edits) {
        return new SteadyLoad()
                .with(
                        "GET of echo, over mutual TLS",
                        8,
                        RATE / 2,
                        () ->
                                Callers.getting(
                                        mesh.caller(),
                                        Echo.HOST,
                                        answer -> assertThat(edits.complaint(answer)).isEmpty()))
                .with(
                        "POST to a service that is edited",
                        8,
                        RATE / 5,
                        () -> Callers.posting(mesh.caller(), Edits.http(Edits.EDITED), BODY))
                .with(
                        "gRPC streams to it",
                        8,
                        Math.min(25, RATE / 10),
                        () -> Callers.streaming(mesh.caller(), Edits.grpc(Edits.EDITED)))
                .with(
                        "GET of a service that is not",
                        1,
                        Math.min(50, RATE / 10),
                        () ->
                                Callers.getting(
                                        mesh.caller(),
                                        Edits.http(Edits.STEADY),
                                        answer -> assertThat(answer.status()).isEqualTo(200)))
                .with(
                        "unary gRPC of it",
                        2,
                        Math.min(50, RATE / 10),
                        () -> Callers.calling(mesh.caller(), Edits.grpc(Edits.STEADY)));
    }

    private static int edit(Mesh mesh, Edits edits) {
        long begin = System.nanoTime();
        long interval = Duration.ofSeconds(1).toNanos() / EDITS_PER_SECOND;
        int made = 0;
        for (; made < SECONDS * EDITS_PER_SECOND; made++) {
            long due = begin + made * interval;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            mesh.client().apply(edits.next());
        }
        return made;
    }
}

package io.lateen.e2e;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.e2e.fixture.Closing;
import io.lateen.e2e.fixture.Ground;
import io.lateen.e2e.fixture.ManagerProcess;
import io.lateen.e2e.fixture.MirrorApplication;
import io.lateen.e2e.fixture.SidecarProcess;
import io.lateen.e2e.fixture.Stripes;
import io.lateen.e2e.fixture.Wire;
import io.lateen.testkit.net.LoopbackAddresses;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Large bodies through two sidecars, there and back at the same time: nothing of them is kept. The
 * memory watched is all that the kernel gave the process: heap, direct buffers, and the rest.
 */
@Tag("mesh")
class BodiesTest {

    private static final long MIB = 1024 * 1024;
    private static final long GIB = 1024 * MIB;

    /** What the sockets of three hops hold, and what a sidecar reads ahead, is far below. */
    private static final long ON_THE_WAY = 128 * MIB;

    private static final long FLAT = 32 * MIB;
    private static final int HTTP = 9080;
    private static final int TCP = 9000;

    private static final Closing closing = new Closing();
    private static Ground ground;
    private static SidecarProcess caller;
    private static SidecarProcess serving;

    /** How a body is asked to be sent back. */
    enum Way {
        HTTP_1_1("POST / HTTP/1.1\r\nHost: mirror:" + HTTP + "\r\nContent-Length: %d\r\n\r\n"),
        RAW_TCP("CONNECT mirror:" + TCP + " HTTP/1.1\r\nHost: mirror:" + TCP + "\r\n\r\n");

        private final String head;

        Way(String head) {
            this.head = head;
        }
    }

    @BeforeAll
    static void start() {
        ground = Ground.named("bodies");
        ManagerProcess manager =
                closing.keep(
                        ManagerProcess.start(
                                ground,
                                "manager",
                                LoopbackAddresses.next(),
                                EmbeddedDatabase.fresh()));
        serving =
                closing.keep(
                        SidecarProcess.sidecar(
                                ground,
                                manager.xds(),
                                "mirror",
                                "v1",
                                "--serve",
                                "mirror:" + HTTP + ":http",
                                "--serve",
                                "mirror:" + TCP + ":tcp",
                                "--health",
                                "tcp"));
        closing.keep(MirrorApplication.start(serving.address(), HTTP, TCP));
        caller = closing.keep(SidecarProcess.sidecar(ground, manager.xds(), "caller", "v1"));
        serving.awaitReady();
        caller.awaitReady();
        eventually(
                Duration.ofSeconds(60),
                ground::dump,
                () -> {
                    try (Wire wire = caller.outbound()) {
                        assertThat(wire.get("mirror:" + HTTP, "/").status()).isEqualTo(200);
                    }
                    open(Way.RAW_TCP, 0).close();
                });
    }

    @AfterAll
    static void stop() {
        closing.close();
    }

    @ParameterizedTest
    @EnumSource
    void aGibibyteGoesThereAndBackInFlatMemory(Way way) throws Exception {
        thereAndBack(way, 64 * MIB);
        long callerBefore = caller.peakBytes();
        long servingBefore = serving.peakBytes();

        long begin = System.nanoTime();
        thereAndBack(way, GIB);

        System.out.printf(
                "%s: 1 GiB there and back in %d ms; peak of the caller's sidecar %d to %d MiB, of"
                        + " the other %d to %d MiB%n",
                way,
                Duration.ofNanos(System.nanoTime() - begin).toMillis(),
                callerBefore / MIB,
                caller.peakBytes() / MIB,
                servingBefore / MIB,
                serving.peakBytes() / MIB);
        assertThat(caller.peakBytes() - callerBefore).isLessThan(FLAT);
        assertThat(serving.peakBytes() - servingBefore).isLessThan(FLAT);
    }

    @ParameterizedTest
    @EnumSource
    void aReaderThatPausesHoldsTheWriterBack(Way way) throws Exception {
        AtomicLong written = new AtomicLong();
        try (SocketChannel socket = open(way, GIB)) {
            CompletableFuture<Void> writing = write(socket, GIB, written);
            answered(way, socket);

            // Until nothing moves any more: a second of quiet.
            AtomicLong last = new AtomicLong(-1);
            AtomicLong since = new AtomicLong(System.nanoTime());
            eventually(
                    Duration.ofSeconds(30),
                    () -> {
                        if (last.getAndSet(written.get()) != written.get()) {
                            since.set(System.nanoTime());
                        }
                        assertThat(System.nanoTime() - since.get()).isGreaterThan(1_000_000_000L);
                    });

            System.out.printf(
                    "%s: a reader pauses, %d MiB are on the way%n", way, last.get() / MIB);
            assertThat(last.get()).isPositive().isLessThan(ON_THE_WAY);
            Stripes.read(socket, GIB / 4);
            assertThat(written.get()).as("goes on").isGreaterThan(GIB / 4);
            assertThat(writing).isNotCompletedExceptionally();
        }
    }

    private static void thereAndBack(Way way, long length) throws Exception {
        try (SocketChannel socket = open(way, length)) {
            CompletableFuture<Void> writing = write(socket, length, new AtomicLong());
            answered(way, socket);
            Stripes.read(socket, length);
            writing.join();
        }
    }

    private static SocketChannel open(Way way, long length) throws IOException {
        SocketChannel socket = SocketChannel.open(new InetSocketAddress(caller.address(), 15001));
        socket.write(
                ByteBuffer.wrap(way.head.formatted(length).getBytes(StandardCharsets.ISO_8859_1)));
        if (way == Way.RAW_TCP) {
            readHead(socket);
        }
        return socket;
    }

    /** An HTTP answer begins while its request is still being written; a tunnel has none. */
    private static void answered(Way way, SocketChannel socket) throws IOException {
        if (way == Way.HTTP_1_1) {
            readHead(socket);
        }
    }

    /** Reads a head to its end, byte by byte: what follows is the body's. */
    private static void readHead(SocketChannel socket) throws IOException {
        StringBuilder head = new StringBuilder();
        ByteBuffer one = ByteBuffer.allocate(1);
        while (head.indexOf("\r\n\r\n") < 0) {
            assertThat(socket.read(one.clear())).as("after %s", head).isEqualTo(1);
            head.append((char) one.get(0));
        }
        assertThat(head).startsWith("HTTP/1.1 200 ");
    }

    private static CompletableFuture<Void> write(
            SocketChannel socket, long length, AtomicLong written) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofPlatform()
                .daemon()
                .name("writer")
                .start(
                        () -> {
                            try {
                                Stripes.write(socket, length, written);
                                done.complete(null);
                            } catch (IOException e) {
                                done.completeExceptionally(e);
                            }
                        });
        return done;
    }
}

package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/** Checklist E17: how many connections, how long, and what is refused beyond. */
class ConnectionPoolTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: app\r\n\r\n";

    private static String http(String common, String version) {
        return "typed_extension_protocol_options { key: \"envoy.extensions.upstreams.http.v3.HttpProtocolOptions\" value { [type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions] { common_http_protocol_options { %s } explicit_http_config { %s } } } }"
                .formatted(common, version);
    }

    private static Carrying calling(InetSocketAddress app, String more, AtomicLong ahead) {
        return Carrying.start(
                FromXds.out(FromXds.toApp(""), FromXds.cluster("app", more, app)),
                Carrying.settings(() -> System.nanoTime() + ahead.get()),
                1);
    }

    private static Carrying calling(InetSocketAddress app, String more) {
        return calling(app, more, new AtomicLong());
    }

    private static List<RawClient> all(Carrying sidecar, int count) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(RawClient.connect(sidecar.address("out")).send(GET));
        }
        return clients;
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IOException("nobody said go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static RawServer holding(CountDownLatch go) {
        return RawServer.start(
                c -> {
                    while (!c.head().isEmpty()) {
                        await(go);
                        c.write(RawServer.ok("done"));
                    }
                });
    }

    /** maxConnections and http1MaxPendingRequests. */
    @Test
    void beyondConnectionsAndPendingRequestsIsRefusedAtOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawServer app = holding(go);
                Carrying sidecar =
                        calling(
                                app.address(),
                                "circuit_breakers { thresholds { max_connections { value: 3 } max_pending_requests { value: 2 } } }")) {
            List<RawClient> clients = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                int sent = i;
                // A request whose connection is still being made is pending as well.
                clients.addAll(all(sidecar, 1));
                eventually(() -> assertThat(app.heads()).hasSize(sent));
            }
            clients.addAll(all(sidecar, 12));
            eventually(() -> assertThat(sidecar.seen()).hasSize(10));

            assertThat(sidecar.seen())
                    .allMatch(each -> each.flags().equals("UO") && each.status() == 503);
            go.countDown();
            int good = 0;
            for (RawClient each : clients) {
                good += each.response().startsWith("HTTP/1.1 200") ? 1 : 0;
                each.close();
            }
            assertThat(good).isEqualTo(5);
            assertThat(app.connections()).isEqualTo(3);
        }
    }

    /** http2MaxRequests, which is for HTTP/1.1 as well. */
    @Test
    void beyondTheRequestsOutstandingIsRefusedAtOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawServer app = holding(go);
                Carrying sidecar =
                        calling(
                                app.address(),
                                "circuit_breakers { thresholds { max_requests { value: 4 } } }")) {
            List<RawClient> clients = all(sidecar, 10);
            eventually(() -> assertThat(sidecar.seen()).hasSize(6));

            assertThat(sidecar.seen()).allMatch(each -> each.flags().equals("UO"));
            go.countDown();
            int good = 0;
            for (RawClient each : clients) {
                good += each.response().startsWith("HTTP/1.1 200") ? 1 : 0;
                each.close();
            }
            assertThat(good).isEqualTo(4);
        }
    }

    @Test
    void aConnectionCarriesNoMoreThanMaxRequestsPerConnection() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("done"));
                Carrying sidecar =
                        calling(
                                app.address(),
                                http(
                                        "max_requests_per_connection { value: 3 }",
                                        "http_protocol_options {}"));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            for (int i = 0; i < 9; i++) {
                assertThat(client.send(GET).response()).endsWith("done");
            }
            assertThat(app.connections()).isEqualTo(3);
        }
    }

    /** idleTimeout: the connection is closed where it lies, and not used before that either. */
    @Test
    void aConnectionIsKeptIdleNoLongerThanItsIdleTimeout() throws IOException {
        AtomicLong ahead = new AtomicLong();
        AtomicInteger closed = new AtomicInteger();
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    while (!c.head().isEmpty()) {
                                        c.write(RawServer.ok("done"));
                                    }
                                    closed.incrementAndGet();
                                });
                Carrying sidecar =
                        calling(
                                app.address(),
                                http("idle_timeout { seconds: 60 }", "http_protocol_options {}"),
                                ahead);
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(GET).response()).endsWith("done");
            assertThat(client.send(GET).response()).endsWith("done");
            assertThat(app.connections()).isEqualTo(1);

            ahead.addAndGet(TimeUnit.SECONDS.toNanos(61));
            eventually(() -> assertThat(closed).hasValue(1));
            assertThat(client.send(GET).response()).endsWith("done");
            assertThat(app.connections()).isEqualTo(2);
        }
    }

    /** maxConnectionDuration: what runs ends well, and the next request has a new connection. */
    @Test
    void aConnectionTakesNothingNewAfterItsLongestLife() throws Exception {
        AtomicLong ahead = new AtomicLong();
        CountDownLatch go = new CountDownLatch(1);
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    for (String head = c.head(); !head.isEmpty(); head = c.head()) {
                                        if (head.startsWith("GET /slow")) {
                                            await(go);
                                        }
                                        c.write(RawServer.ok("" + c.number()));
                                    }
                                });
                Carrying sidecar =
                        calling(
                                app.address(),
                                http(
                                        "max_connection_duration { seconds: 600 }",
                                        "http_protocol_options {}"),
                                ahead);
                RawClient client = RawClient.connect(sidecar.address("out"));
                RawClient slow = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(GET).response()).endsWith("0");
            assertThat(client.send(GET).response()).endsWith("0");
            slow.send(GET.replace("GET /", "GET /slow"));
            eventually(() -> assertThat(app.heads()).hasSize(3));

            ahead.addAndGet(TimeUnit.SECONDS.toNanos(601));
            assertThat(client.send(GET).response()).endsWith("1");
            go.countDown();
            assertThat(slow.response()).as("what ran was not broken off").endsWith("0");
            assertThat(client.send(GET).response()).endsWith("1");
            assertThat(app.connections()).isEqualTo(2);
        }
    }

    /** maxConnectionDuration of a port of bytes: flag DT. */
    @Test
    void aConnectionOfBytesEndsAfterItsLongestLife() throws IOException {
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.write("hello");
                                    assertThat(c.in().read()).isEqualTo(-1);
                                });
                Carrying sidecar =
                        Carrying.start(
                                FromXds.bytes(
                                        "max_downstream_connection_duration { nanos: 300000000 }",
                                        FromXds.cluster("app", "", app.address())));
                RawClient client = RawClient.connect(sidecar.address("edge"))) {
            assertThat(client.readAll()).isEqualTo("hello");
            eventually(() -> assertThat(sidecar.flows()).hasSize(1));
            assertThat(
                            io.lateen.sidecar.exchange.ResponseFlag.text(
                                    sidecar.flows().getFirst().flags()))
                    .isEqualTo("DT");
        }
    }

    /** connectTimeout: a backlog that is full does not answer at all. */
    @Test
    void aConnectionThatTakesTooLongToBeMadeIsGivenUp() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address =
                    new InetSocketAddress(full.getInetAddress(), full.getLocalPort());
            List<Socket> fillers = new ArrayList<>();
            try {
                while (true) {
                    Socket filler = new Socket();
                    fillers.add(filler);
                    filler.connect(address, 300);
                }
            } catch (java.net.SocketTimeoutException itIsFull) {
                assertThat(fillers).hasSizeGreaterThan(1);
            }
            try (Carrying sidecar = calling(address, "connect_timeout { nanos: 200000000 }");
                    RawClient client = RawClient.connect(sidecar.address("out"))) {
                assertThat(client.send(GET).response())
                        .startsWith("HTTP/1.1 503")
                        .contains("reason: UF; ")
                        .contains("connection timed out");
            } finally {
                for (Socket each : fillers) {
                    each.close();
                }
            }
        }
    }

    /** tcpKeepalive: the kernel's own table says that the socket has its timer. */
    @Test
    void deadConnectionsAreProbedByTcp() throws IOException {
        for (boolean probed : new boolean[] {true, false}) {
            try (RawServer app = RawServer.answering(RawServer.ok("done"));
                    Carrying sidecar =
                            calling(
                                    app.address(),
                                    probed
                                            ? "upstream_connection_options { tcp_keepalive { keepalive_time { value: 321 } keepalive_probes { value: 3 } keepalive_interval { value: 9 } } }"
                                            : "");
                    RawClient client = RawClient.connect(sidecar.address("out"))) {
                assertThat(client.send(GET).response()).endsWith("done");

                String port = String.format(Locale.ROOT, ":%04X", app.address().getPort());
                // "sl local remote st queues timer:when …": timer 2 is keep-alive.
                eventually(
                        () ->
                                assertThat(
                                                sockets()
                                                        .map(line -> line.strip().split("\\s+", -1))
                                                        .filter(
                                                                each ->
                                                                        each.length > 5
                                                                                && each[2].endsWith(
                                                                                        port)
                                                                                && each[3].equals(
                                                                                        "01"))
                                                        .map(each -> each[5].substring(0, 2)))
                                        .as("probed: %s", probed)
                                        .containsExactly(probed ? "02" : "00"));
            }
        }
    }

    private static Stream<String> sockets() throws IOException {
        return Stream.concat(
                Files.readAllLines(Path.of("/proc/self/net/tcp")).stream(),
                Files.readAllLines(Path.of("/proc/self/net/tcp6")).stream());
    }

    // ---- HTTP/2 ----

    private static DisposableServer http2(List<String> connections, CountDownLatch go) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .protocol(HttpProtocol.H2C)
                .handle(
                        (request, response) -> {
                            connections.add(String.valueOf(request.remoteAddress()));
                            return Mono.fromRunnable(() -> waited(go))
                                    .subscribeOn(reactor.core.scheduler.Schedulers.boundedElastic())
                                    .then(response.sendString(Mono.just("done")).then());
                        })
                .bindNow();
    }

    private static void waited(CountDownLatch latch) {
        try {
            await(latch);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** h2UpgradePolicy and maxConcurrentStreams: 12 requests, 5 on each connection. */
    @Test
    void noConnectionCarriesMoreStreamsThanMaxConcurrentStreams() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<String> connections = new CopyOnWriteArrayList<>();
        DisposableServer app = http2(connections, go);
        try (Carrying sidecar =
                calling(
                        (InetSocketAddress) app.address(),
                        http(
                                "",
                                "http2_protocol_options { max_concurrent_streams { value: 5 } }"))) {
            List<RawClient> clients = all(sidecar, 12);
            eventually(() -> assertThat(connections).hasSize(12));

            assertThat(connections.stream().distinct().count()).isEqualTo(3);
            assertThat(connections.stream().distinct())
                    .allSatisfy(
                            each ->
                                    assertThat(connections.stream().filter(each::equals).count())
                                            .isLessThanOrEqualTo(5));
            go.countDown();
            for (RawClient each : clients) {
                assertThat(each.response()).startsWith("HTTP/1.1 200");
                each.close();
            }
        } finally {
            app.disposeNow();
        }
    }

    /** http2KeepAlive: an endpoint that takes a request and then is silent for ever. */
    @Test
    void anEndpointThatAnswersNoPingIsGivenUp() throws Exception {
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.write("\0\0\0\4\0\0\0\0\0");
                                    while (c.in().read() >= 0) {
                                        // It reads, and says nothing.
                                    }
                                });
                Carrying sidecar =
                        calling(
                                app.address(),
                                http(
                                        "",
                                        "http2_protocol_options { connection_keepalive { interval { nanos: 100000000 } timeout { nanos: 200000000 } } }"));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(GET).response())
                    .startsWith("HTTP/1.1 503")
                    .contains("reason: UC; ");
        }
    }

    @Test
    void anEndpointThatAnswersPingsKeepsItsConnection() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<String> connections = new CopyOnWriteArrayList<>();
        DisposableServer app = http2(connections, go);
        try (RecordingProxy recorded = RecordingProxy.to((InetSocketAddress) app.address());
                Carrying sidecar =
                        calling(
                                recorded.address(),
                                http(
                                        "",
                                        "http2_protocol_options { connection_keepalive { interval { nanos: 20000000 } timeout { seconds: 5 } } }"));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            client.send(GET);
            // Twenty pings: a frame of 8 bytes and type 6.
            eventually(
                    () ->
                            assertThat(recorded.seen().split("\0\0\u0008\u0006\0\0\0\0\0", -1))
                                    .hasSizeGreaterThan(20));
            go.countDown();
            assertThat(client.response()).startsWith("HTTP/1.1 200");
        } finally {
            app.disposeNow();
        }
    }
}

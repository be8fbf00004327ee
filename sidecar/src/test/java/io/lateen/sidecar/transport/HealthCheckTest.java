package io.lateen.sidecar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.HealthCheckPlan;
import io.lateen.sidecar.plan.LbPolicy;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.testkit.wait.Eventually;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** E43: active health checks, by HTTP, TCP and gRPC, through sockets. */
@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class HealthCheckTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: reviews\r\n\r\n";
    private static final HealthCheckPlan.Http HTTP =
            new HealthCheckPlan.Http(
                    "GET",
                    "reviews",
                    "/healthz",
                    List.of(new HealthCheckPlan.Statuses(200, 201)),
                    false);

    private static HealthCheckPlan check(HealthCheckPlan.Question question) {
        long millis = TimeUnit.MILLISECONDS.toNanos(1);
        return new HealthCheckPlan(
                question,
                new HealthCheckPlan.Pace(
                        400 * millis, 20 * millis, 20 * millis, 5 * millis, 10 * millis, 10),
                2,
                2);
    }

    private static Plan plan(HealthCheckPlan.Question question, InetSocketAddress... apps) {
        return new Plans()
                .with(
                        Plans.cluster("reviews")
                                .at(apps)
                                .balancing(new LbPolicy.RoundRobin())
                                .check(check(question)))
                .socket(
                        "out",
                        Plans.anyPort(),
                        SocketPlan.Role.GATEWAY,
                        new ListenerPlan.Http(
                                Plans.http(
                                        Direction.GATEWAY,
                                        Plans.route("reviews", ForwardPolicy.PLAIN))))
                .plan();
    }

    /** Answers its name, and on /healthz what it is told to; nothing when that is empty. */
    private static RawServer app(String name, AtomicReference<String> health) {
        return RawServer.start(
                c -> {
                    for (String head = c.head(); !head.isEmpty(); head = c.head()) {
                        if (!head.startsWith("GET /healthz ")) {
                            c.write(RawServer.ok(name));
                        } else if (!health.get().isEmpty()) {
                            c.write(health.get());
                        }
                    }
                });
    }

    private static InetSocketAddress nobody() {
        try (RawServer gone = RawServer.answering("")) {
            return gone.address();
        }
    }

    private static AtomicReference<String> well() {
        return new AtomicReference<>(RawServer.ok("well"));
    }

    private static final String ILL = "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n";

    private static Set<String> met(RawClient client) throws IOException {
        Set<String> met = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            String answer = client.send(GET).response();
            assertThat(answer).as("no request fails").startsWith("HTTP/1.1 200");
            met.add(answer.substring(answer.length() - 1));
        }
        return met;
    }

    @Test
    void anEndpointThatSaysItIsIllIsLeftOutAtOnceAndComesBack() throws IOException {
        AtomicReference<String> second = well();
        second.set(ILL);
        try (RawServer one = app("1", well());
                RawServer two = app("2", second);
                Carrying sidecar = Carrying.start(plan(HTTP, one.address(), two.address()));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(met(client)).as("from the first request on").containsExactly("1");

            second.set(RawServer.ok("well"));
            Eventually.eventually(() -> assertThat(met(client)).containsExactly("1", "2"));
            second.set(ILL);
            Eventually.eventually(() -> assertThat(met(client)).containsExactly("1"));
            assertThat(two.heads())
                    .filteredOn(head -> head.startsWith("GET /healthz HTTP/1.1\r\n"))
                    .isNotEmpty()
                    .allMatch(
                            head ->
                                    head.toLowerCase(java.util.Locale.ROOT)
                                            .contains("host: reviews\r\n"));
        }
    }

    @Test
    void anEndpointThatDoesNotAnswerIsLeftOutAfterTheThreshold() throws IOException {
        AtomicReference<String> second = well();
        try (RawServer one = app("1", well());
                RawServer two = app("2", second);
                Carrying sidecar = Carrying.start(plan(HTTP, one.address(), two.address()));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            Eventually.eventually(() -> assertThat(met(client)).containsExactly("1", "2"));
            second.set("");
            Eventually.eventually(() -> assertThat(met(client)).containsExactly("1"));
        }
    }

    @Test
    void withNobodyWellItIsSaidSo() throws IOException {
        try (RawServer ill = app("2", new AtomicReference<>(ILL))) {
            try (Carrying sidecar = Carrying.start(plan(HTTP, nobody(), ill.address()));
                    RawClient client = RawClient.connect(sidecar.address("out"))) {
                assertThat(client.send(GET).response())
                        .startsWith("HTTP/1.1 503")
                        .contains("x-lateen-reason: UH; ");
                assertThat(sidecar.listeners().counts().join())
                        .hasSize(2)
                        .allMatch(each -> each.standing().ill());
            }
        }
    }

    @Test
    void aConnectionIsEnoughForTcp() throws IOException {
        try (RawServer one = app("1", well())) {
            HealthCheckPlan.Tcp connect = new HealthCheckPlan.Tcp("", List.of());
            try (Carrying sidecar = Carrying.start(plan(connect, nobody(), one.address()));
                    RawClient client = RawClient.connect(sidecar.address("out"))) {
                assertThat(met(client)).containsExactly("1");
            }
        }
    }

    @Test
    void tcpOctetsAreSentAndExpected() throws IOException {
        HealthCheckPlan.Tcp ask =
                new HealthCheckPlan.Tcp(
                        "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", List.of(" 200 ", "well"));
        try (RawServer one = app("1", well());
                RawServer two = app("2", new AtomicReference<>(RawServer.ok("ill!")));
                Carrying sidecar = Carrying.start(plan(ask, one.address(), two.address()));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(met(client)).containsExactly("1");
        }
    }

    private static final MethodDescriptor.Marshaller<byte[]> BYTES =
            new MethodDescriptor.Marshaller<>() {
                @Override
                public InputStream stream(byte[] value) {
                    return new ByteArrayInputStream(value);
                }

                @Override
                public byte[] parse(InputStream stream) {
                    try {
                        return stream.readAllBytes();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };

    /** Serves grpc.health.v1.Health/Check: 1 is SERVING; only of the service "shop". */
    private static Server grpc(AtomicReference<Integer> status) throws IOException {
        MethodDescriptor<byte[], byte[]> method =
                MethodDescriptor.newBuilder(BYTES, BYTES)
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName("grpc.health.v1.Health/Check")
                        .build();
        return NettyServerBuilder.forAddress(Plans.anyPort())
                .addService(
                        ServerServiceDefinition.builder("grpc.health.v1.Health")
                                .addMethod(
                                        method,
                                        ServerCalls.asyncUnaryCall(
                                                (byte[] request, StreamObserver<byte[]> answer) -> {
                                                    boolean known =
                                                            new String(
                                                                            request,
                                                                            java.nio.charset
                                                                                    .StandardCharsets
                                                                                    .UTF_8)
                                                                    .equals("\n\4shop");
                                                    answer.onNext(
                                                            new byte[] {
                                                                8,
                                                                known ? status.get().byteValue() : 3
                                                            });
                                                    answer.onCompleted();
                                                }))
                                .build())
                .build()
                .start();
    }

    @Test
    void grpcServersAreAskedForTheirService() throws Exception {
        AtomicReference<Integer> status = new AtomicReference<>(1);
        Server server = grpc(status);
        InetSocketAddress address = (InetSocketAddress) server.getListenSockets().getFirst();
        try (Carrying sidecar =
                        Carrying.start(plan(new HealthCheckPlan.Grpc("shop", "shop"), address));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            client.send(GET).response();
            Eventually.eventually(() -> assertThat(ill(sidecar)).isFalse());
            status.set(2);
            Eventually.eventually(() -> assertThat(ill(sidecar)).isTrue());
            status.set(1);
            Eventually.eventually(() -> assertThat(ill(sidecar)).isFalse());
        } finally {
            server.shutdownNow();
        }
    }

    private static boolean ill(Carrying sidecar) {
        return sidecar.listeners().counts().join().getFirst().standing().ill();
    }
}

package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.lateen.sidecar.plan.Plan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gRPC client says of its patience: checklist E15, attack E15. */
class GrpcTimeoutTest {
    private static final Pattern TIMEOUT = Pattern.compile("(?im)^grpc-timeout: (\\S*)");
    private static final String H2 =
            """
            typed_extension_protocol_options { key: "envoy.extensions.upstreams.http.v3.HttpProtocolOptions" value {
              [type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions] {
                explicit_http_config { http2_protocol_options {} } } } }
            """;

    private static final MethodDescriptor.Marshaller<String> TEXT =
            new MethodDescriptor.Marshaller<>() {
                @Override
                public InputStream stream(String value) {
                    return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
                }

                @Override
                public String parse(InputStream stream) {
                    try {
                        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            };

    private static final MethodDescriptor<String, String> UNARY =
            method(MethodDescriptor.MethodType.UNARY, "Unary");
    private static final MethodDescriptor<String, String> MANY =
            method(MethodDescriptor.MethodType.SERVER_STREAMING, "Many");

    private static MethodDescriptor<String, String> method(
            MethodDescriptor.MethodType type, String name) {
        return MethodDescriptor.newBuilder(TEXT, TEXT)
                .setType(type)
                .setFullMethodName("echo.Echo/" + name)
                .build();
    }

    private static String call(String timeout) {
        return "POST /echo.Echo/Unary HTTP/1.1\r\nHost: app\r\nContent-Type: application/grpc\r\n"
                + (timeout.isEmpty() ? "" : "grpc-timeout: " + timeout + "\r\n")
                + "Content-Length: 0\r\n\r\n";
    }

    /** What the application is told, over HTTP/1.1: there every byte is to be seen. */
    private static String forwarded(String action, String request) throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("ok"));
                Carrying sidecar =
                        Carrying.start(
                                FromXds.out(
                                        FromXds.toApp(action),
                                        FromXds.cluster("app", "", app.address())));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(request).response()).startsWith("HTTP/1.1 200");
            Matcher found = TIMEOUT.matcher(app.heads().getFirst());
            return found.find() ? found.group(1) : "";
        }
    }

    private static long nanos(String timeout) {
        long value = Long.parseLong(timeout.substring(0, timeout.length() - 1));
        return switch (timeout.charAt(timeout.length() - 1)) {
            case 'n' -> value;
            case 'u' -> TimeUnit.MICROSECONDS.toNanos(value);
            case 'm' -> TimeUnit.MILLISECONDS.toNanos(value);
            case 'S' -> TimeUnit.SECONDS.toNanos(value);
            case 'M' -> TimeUnit.MINUTES.toNanos(value);
            case 'H' -> TimeUnit.HOURS.toNanos(value);
            default -> throw new IllegalArgumentException(timeout);
        };
    }

    @ParameterizedTest
    @CsvSource({"20S, 20", "00000020S, 20", "1M, 60", "90000m, 90", "30000000u, 30"})
    void theApplicationIsToldWhatIsLeft(String said, long seconds) throws IOException {
        String told = forwarded("max_grpc_timeout {}", call(said));

        assertThat(nanos(told))
                .isLessThan(TimeUnit.SECONDS.toNanos(seconds))
                .isGreaterThan(TimeUnit.SECONDS.toNanos(seconds - 10));
    }

    @Test
    void noMoreThanTheRouteAllowsIsPromised() throws IOException {
        assertThat(nanos(forwarded("max_grpc_timeout { seconds: 7 }", call("1H"))))
                .isBetween(TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(7));
        assertThat(nanos(forwarded("max_grpc_timeout { seconds: 7 }", call(""))))
                .as("also to a client that names none")
                .isBetween(TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(7));
    }

    @Test
    void aTryIsPromisedNoMoreThanItsOwnTime() throws IOException {
        assertThat(
                        nanos(
                                forwarded(
                                        "max_grpc_timeout {} retry_policy { per_try_timeout { seconds: 3 } }",
                                        call("1H"))))
                .isBetween(TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(3));
    }

    /** Attack E15: what cannot be meant is not counted with, and breaks nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-5S",
                "5",
                "S",
                "5s",
                "5X",
                "123456789S",
                "99999999999999999999H",
                "0x10S",
                "1.5S",
                "5S5",
                "+5S",
                "٣S"
            })
    void whatIsNoTimeIsNotCountedWith(String said) throws IOException {
        String latin =
                new String(said.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(forwarded("max_grpc_timeout {}", call(latin))).isEqualTo(latin);
        assertThat(nanos(forwarded("max_grpc_timeout { seconds: 9 }", call(latin))))
                .as("the route's limit holds")
                .isBetween(1L, TimeUnit.SECONDS.toNanos(9));
    }

    /** Attack E15: 99999999 hours are more nanoseconds than a long holds. */
    @ParameterizedTest
    @ValueSource(strings = {"99999999H", "99999999M"})
    void aGiantTimeIsNoLimitOfOurs(String said) throws IOException {
        assertThat(forwarded("max_grpc_timeout {}", call(said))).isEqualTo(said);
        assertThat(nanos(forwarded("max_grpc_timeout { seconds: 9 }", call(said))))
                .isBetween(1L, TimeUnit.SECONDS.toNanos(9));
    }

    @Test
    void requestsThatAreNotGrpcSayWhatTheyLike() throws IOException {
        String request = "GET / HTTP/1.1\r\nHost: app\r\ngrpc-timeout: 1n\r\n\r\n";

        assertThat(forwarded("max_grpc_timeout {}", request)).isEqualTo("1n");
    }

    @Test
    void aRouteThatDoesNotReadItPassesItOn() throws IOException {
        assertThat(forwarded("", call("20S"))).isEqualTo("20S");
    }

    @Test
    void aTimeThatIsOverIsNotSentOn() throws IOException {
        try (RawServer app = RawServer.answering(RawServer.ok("ok"));
                Carrying sidecar =
                        Carrying.start(
                                FromXds.out(
                                        FromXds.toApp("max_grpc_timeout {}"),
                                        FromXds.cluster("app", "", app.address())));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            assertThat(client.send(call("0n")).head())
                    .startsWith("HTTP/1.1 200")
                    .contains("grpc-status: 4\r\n")
                    .contains("x-lateen-reason: UT; ");
            assertThat(app.heads()).isEmpty();
        }
    }

    // ---- a real client, a real server ----

    private static Server slow(List<String> cancelled) throws IOException {
        ServerServiceDefinition service =
                ServerServiceDefinition.builder("echo.Echo")
                        .addMethod(
                                UNARY,
                                ServerCalls.asyncUnaryCall(
                                        (String request, StreamObserver<String> answer) ->
                                                io.grpc.Context.current()
                                                        .addListener(
                                                                c -> cancelled.add("unary"),
                                                                Runnable::run)))
                        .addMethod(
                                MANY,
                                ServerCalls.asyncServerStreamingCall(
                                        (String request, StreamObserver<String> answer) -> {
                                            io.grpc.Context.current()
                                                    .addListener(
                                                            c -> cancelled.add("many"),
                                                            Runnable::run);
                                            answer.onNext("first");
                                        }))
                        .build();
        return NettyServerBuilder.forAddress(Plans.anyPort()).addService(service).build().start();
    }

    private static Plan toSlow(Server server, String action) {
        return FromXds.out(
                FromXds.toApp(action),
                FromXds.cluster(
                        "app",
                        H2,
                        new InetSocketAddress(
                                java.net.InetAddress.getLoopbackAddress(), server.getPort())));
    }

    /** The client names its time in a header of its own making, so that its own timer is silent. */
    private static ManagedChannel channel(Carrying sidecar) {
        return NettyChannelBuilder.forAddress(sidecar.address("out"))
                .overrideAuthority("app")
                .usePlaintext()
                .build();
    }

    @Test
    void aCallThatTakesTooLongEndsWithDeadlineExceeded() throws Exception {
        List<String> cancelled = new CopyOnWriteArrayList<>();
        Server server = slow(cancelled);
        try (Carrying sidecar =
                Carrying.start(toSlow(server, "max_grpc_timeout { nanos: 200000000 }"))) {
            ManagedChannel channel = channel(sidecar);

            assertThatThrownBy(
                            () ->
                                    ClientCalls.blockingUnaryCall(
                                            channel, UNARY, CallOptions.DEFAULT, "x"))
                    .isInstanceOf(StatusRuntimeException.class)
                    .extracting(e -> ((StatusRuntimeException) e).getStatus().getCode())
                    .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            eventually(() -> assertThat(cancelled).containsExactly("unary"));
            eventually(() -> assertThat(sidecar.seen()).hasSize(1));
            assertThat(sidecar.seen().getFirst().grpcStatus()).isEqualTo(4);
            assertThat(sidecar.seen().getFirst().flags()).isEqualTo("UT");
            channel.shutdownNow();
        } finally {
            server.shutdownNow();
        }
    }

    @Test
    void aStreamThatHasBegunEndsWithDeadlineExceededToo() throws Exception {
        List<String> cancelled = new CopyOnWriteArrayList<>();
        Server server = slow(cancelled);
        try (Carrying sidecar =
                Carrying.start(toSlow(server, "max_grpc_timeout { nanos: 300000000 }"))) {
            ManagedChannel channel = channel(sidecar);
            List<String> heard = new CopyOnWriteArrayList<>();
            ClientCall<String, String> call = channel.newCall(MANY, CallOptions.DEFAULT);
            call.start(
                    new ClientCall.Listener<>() {
                        @Override
                        public void onMessage(String message) {
                            heard.add(message);
                            call.request(1);
                        }

                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            heard.add(status.getCode().toString());
                        }
                    },
                    new Metadata());
            call.request(1);
            call.sendMessage("x");
            call.halfClose();

            eventually(() -> assertThat(heard).containsExactly("first", "DEADLINE_EXCEEDED"));
            eventually(() -> assertThat(cancelled).containsExactly("many"));
            channel.shutdownNow();
        } finally {
            server.shutdownNow();
        }
    }

    /** The client never ends its request: its own time runs all the same. */
    @Test
    void theClientsTimeRunsFromTheHeadOn() throws Exception {
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.head();
                                    assertThat(c.in().read()).isEqualTo(-1);
                                });
                Carrying sidecar =
                        Carrying.start(
                                FromXds.out(
                                        FromXds.toApp("max_grpc_timeout {}"),
                                        FromXds.cluster("app", "", app.address())));
                RawClient client = RawClient.connect(sidecar.address("out"))) {
            String begun = call("100m").replace("Content-Length: 0", "Transfer-Encoding: chunked");

            assertThat(client.send(begun).head()).contains("grpc-status: 4\r\n");
        }
    }
}

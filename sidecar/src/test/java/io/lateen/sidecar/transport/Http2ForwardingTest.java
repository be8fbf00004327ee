package io.lateen.sidecar.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
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
import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.plan.ConnectionPolicy;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.SocketPlan;
import io.lateen.testkit.wait.Eventually;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

@SuppressWarnings("StringConcatToTextBlock") // every CRLF is to be seen
class Http2ForwardingTest {
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

    private static MethodDescriptor<String, String> method(
            MethodDescriptor.MethodType type, String name) {
        return MethodDescriptor.newBuilder(TEXT, TEXT)
                .setType(type)
                .setFullMethodName("echo.Echo/" + name)
                .build();
    }

    private static final MethodDescriptor<String, String> UNARY =
            method(MethodDescriptor.MethodType.UNARY, "Unary");
    private static final MethodDescriptor<String, String> MANY =
            method(MethodDescriptor.MethodType.SERVER_STREAMING, "Many");
    private static final MethodDescriptor<String, String> BOTH =
            method(MethodDescriptor.MethodType.BIDI_STREAMING, "Both");

    private static Plan plan(
            InetSocketAddress application, ConnectionPolicy.UpstreamProtocol protocol) {
        return new Plans()
                .with(Plans.cluster("app").at(application).protocol(protocol))
                .socket(
                        "in",
                        Plans.anyPort(),
                        SocketPlan.Role.INBOUND,
                        new ListenerPlan.Http(
                                Plans.http(
                                        Direction.INBOUND,
                                        Plans.route("app", ForwardPolicy.PLAIN))))
                .plan();
    }

    private static Server grpcServer() throws IOException {
        ServerServiceDefinition service =
                ServerServiceDefinition.builder("echo.Echo")
                        .addMethod(
                                UNARY,
                                ServerCalls.asyncUnaryCall(
                                        (String request, StreamObserver<String> answer) -> {
                                            if (request.equals("fail")) {
                                                answer.onError(
                                                        Status.NOT_FOUND
                                                                .withDescription("no such")
                                                                .asRuntimeException());
                                                return;
                                            }
                                            answer.onNext(request);
                                            answer.onCompleted();
                                        }))
                        .addMethod(
                                MANY,
                                ServerCalls.asyncServerStreamingCall(
                                        (String request, StreamObserver<String> answer) -> {
                                            for (int i = 0; i < 100; i++) {
                                                answer.onNext(request + i);
                                            }
                                            answer.onCompleted();
                                        }))
                        .addMethod(BOTH, ServerCalls.asyncBidiStreamingCall(answer -> echo(answer)))
                        .build();
        return NettyServerBuilder.forAddress(Plans.anyPort()).addService(service).build().start();
    }

    private static StreamObserver<String> echo(StreamObserver<String> answer) {
        return new StreamObserver<>() {
            @Override
            public void onNext(String value) {
                answer.onNext(value);
            }

            @Override
            public void onError(Throwable t) {}

            @Override
            public void onCompleted() {
                answer.onCompleted();
            }
        };
    }

    private static ManagedChannel channel(InetSocketAddress address) {
        return NettyChannelBuilder.forAddress(address).usePlaintext().build();
    }

    @Test
    void carriesGrpcOfEveryKindWithItsStatus() throws IOException, InterruptedException {
        Server server = grpcServer();
        try (Carrying sidecar =
                Carrying.start(
                        plan(
                                new InetSocketAddress(
                                        Plans.anyPort().getAddress(), server.getPort()),
                                ConnectionPolicy.UpstreamProtocol.HTTP2))) {
            ManagedChannel channel = channel(sidecar.address("in"));

            String large = "x".repeat(300_000);
            assertThat(ClientCalls.blockingUnaryCall(channel, UNARY, CallOptions.DEFAULT, large))
                    .isEqualTo(large);
            Iterator<String> many =
                    ClientCalls.blockingServerStreamingCall(
                            channel, MANY, CallOptions.DEFAULT, "n");
            for (int i = 0; i < 100; i++) {
                assertThat(many.next()).isEqualTo("n" + i);
            }
            assertThat(many.hasNext()).isFalse();
            assertThatThrownBy(
                            () ->
                                    ClientCalls.blockingUnaryCall(
                                            channel, UNARY, CallOptions.DEFAULT, "fail"))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessage("NOT_FOUND: no such");
            List<String> echoed = new CopyOnWriteArrayList<>();
            StreamObserver<String> talk =
                    ClientCalls.asyncBidiStreamingCall(
                            channel.newCall(BOTH, CallOptions.DEFAULT), collector(echoed));
            talk.onNext("a");
            Eventually.eventually(() -> assertThat(echoed).containsExactly("a"));
            talk.onNext("b");
            talk.onCompleted();
            Eventually.eventually(() -> assertThat(echoed).containsExactly("a", "b", "done"));

            Eventually.eventually(() -> assertThat(sidecar.seen()).hasSize(4));
            assertThat(sidecar.seen())
                    .extracting(Carrying.Seen::grpcStatus)
                    .containsExactly(0, 0, 5, 0);
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        } finally {
            server.shutdownNow();
        }
    }

    private static StreamObserver<String> collector(List<String> into) {
        return new StreamObserver<>() {
            @Override
            public void onNext(String value) {
                into.add(value);
            }

            @Override
            public void onError(Throwable t) {
                into.add(t.toString());
            }

            @Override
            public void onCompleted() {
                into.add("done");
            }
        };
    }

    @Test
    void tellsAGrpcClientInItsOwnWordsThatNobodyListens() throws IOException {
        InetSocketAddress nobody;
        try (RawServer gone = RawServer.answering("")) {
            nobody = gone.address();
        }
        try (Carrying sidecar =
                Carrying.start(plan(nobody, ConnectionPolicy.UpstreamProtocol.HTTP2))) {
            ManagedChannel channel = channel(sidecar.address("in"));

            assertThatThrownBy(
                            () ->
                                    ClientCalls.blockingUnaryCall(
                                            channel, UNARY, CallOptions.DEFAULT, "x"))
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e -> {
                                assertThat(e.getStatus().getCode())
                                        .isEqualTo(Status.Code.UNAVAILABLE);
                                assertThat(e.getMessage()).contains("connection refused");
                                Metadata trailers = e.getTrailers();
                                assertThat(trailers).isNotNull();
                                assertThat(
                                                trailers.get(
                                                        Metadata.Key.of(
                                                                "x-lateen-reason",
                                                                Metadata.ASCII_STRING_MARSHALLER)))
                                        .startsWith("UF; rule=");
                            });
            channel.shutdownNow();
        }
    }

    @Test
    void saysSoWhenAnEndpointTakesNoHeadOfThatSize() {
        DisposableServer app =
                HttpServer.create()
                        .bindAddress(Plans::anyPort)
                        .protocol(HttpProtocol.H2C)
                        .http2Settings(limits -> limits.maxHeaderListSize(1024))
                        .handle((request, response) -> response.send())
                        .bindNow();
        try (Carrying sidecar =
                Carrying.start(
                        plan(
                                (InetSocketAddress) app.address(),
                                ConnectionPolicy.UpstreamProtocol.HTTP2))) {
            HttpClient client =
                    HttpClient.create()
                            .remoteAddress(() -> sidecar.address("in"))
                            .protocol(HttpProtocol.H2C);
            assertThat(status(client, "short")).isEqualTo(200);

            assertThat(status(client, "x".repeat(4000))).isEqualTo(503);
        } finally {
            app.disposeNow();
        }
    }

    private static int status(HttpClient client, String value) {
        Integer status =
                client.headers(headers -> headers.set("x-value", value))
                        .get()
                        .uri("/")
                        .response()
                        .map(response -> response.status().code())
                        .block(Duration.ofSeconds(10));
        assertThat(status).isNotNull();
        return status;
    }

    @Test
    void bridgesHttp2ClientsToAnHttp1Application() throws IOException {
        try (RawServer app =
                        RawServer.start(
                                c -> {
                                    c.head();
                                    c.write(
                                            "HTTP/1.1 200 OK\r\nX-A: b\r\nTransfer-Encoding:"
                                                    + " chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n");
                                    c.head();
                                    assertThat(c.read(15)).isEqualTo("5\r\nhello\r\n0\r\n\r\n");
                                    c.write(RawServer.ok("thanks"));
                                });
                Carrying sidecar =
                        Carrying.start(
                                plan(app.address(), ConnectionPolicy.UpstreamProtocol.HTTP1))) {
            HttpClient client =
                    HttpClient.create()
                            .protocol(HttpProtocol.H2C)
                            .remoteAddress(() -> sidecar.address("in"));

            assertThat(
                            client.headers(h -> h.add("cookie", "a=1").add("cookie", "b=2"))
                                    .get()
                                    .uri("/x?y=z")
                                    .responseContent()
                                    .aggregate()
                                    .asString()
                                    .block(Duration.ofSeconds(10)))
                    .isEqualTo("hi");
            assertThat(
                            client.post()
                                    .uri("/post")
                                    .send(
                                            Flux.just(
                                                    Unpooled.copiedBuffer(
                                                            "hello", StandardCharsets.UTF_8)))
                                    .responseContent()
                                    .aggregate()
                                    .asString()
                                    .block(Duration.ofSeconds(10)))
                    .isEqualTo("thanks");
            assertThat(app.heads().getFirst())
                    .startsWith("GET /x?y=z HTTP/1.1\r\nhost: ")
                    .contains("x-forwarded-proto: http\r\n", "cookie: a=1; b=2\r\n");
        }
    }

    @Test
    void bridgesHttp1ClientsToAnHttp2Application() throws IOException {
        DisposableServer app =
                HttpServer.create()
                        .bindAddress(Plans::anyPort)
                        .protocol(HttpProtocol.H2C)
                        .handle(
                                (request, response) ->
                                        response.header("x-path", request.uri())
                                                .sendString(
                                                        request.receive()
                                                                .aggregate()
                                                                .asString()
                                                                .defaultIfEmpty("empty")))
                        .bindNow();
        try (Carrying sidecar =
                        Carrying.start(
                                plan(
                                        (InetSocketAddress) app.address(),
                                        ConnectionPolicy.UpstreamProtocol.HTTP2));
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            client.send("GET /a HTTP/1.1\r\nHost: app\r\n\r\n");
            assertThat(client.response()).contains("x-path: /a").endsWith("\r\n\r\nempty");

            client.send(
                    "POST /b HTTP/1.1\r\nHost: app\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "3\r\nabc\r\n0\r\n\r\n");
            assertThat(client.response()).contains("x-path: /b").endsWith("\r\n\r\nabc");
        } finally {
            app.disposeNow();
        }
    }

    @Test
    void refusesWhatAConversionCouldReadDifferently() {
        try (RawServer app = RawServer.answering(RawServer.ok(""));
                Carrying sidecar =
                        Carrying.start(
                                plan(app.address(), ConnectionPolicy.UpstreamProtocol.HTTP1))) {
            HttpClient client =
                    HttpClient.create()
                            .protocol(HttpProtocol.H2C)
                            .remoteAddress(() -> sidecar.address("in"));

            Integer status =
                    client.headers(h -> h.set("host", "a/b"))
                            .get()
                            .uri("/")
                            .response()
                            .map(r -> r.status().code())
                            .block(Duration.ofSeconds(10));
            assertThat(status).isEqualTo(400);
            assertThat(app.heads()).isEmpty();
        }
    }
}

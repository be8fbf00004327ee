package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.lateen.sidecar.plan.ConnectionPolicy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A gRPC call through sidecars is the call without them, by grpc-java on both sides: metadata,
 * messages, status and trailers, for unary calls and all three kinds of streams (checklist E4).
 */
class SameAsDirectGrpcTest {
    private static final Set<String> ADDED =
            Set.of(
                    "x-request-id",
                    "x-forwarded-proto",
                    "x-envoy-attempt-count",
                    "x-forwarded-client-cert");
    private static final Metadata.Key<String> TEXT_KEY = key("x-text");
    private static final Metadata.Key<byte[]> BINARY_KEY =
            Metadata.Key.of("x-data-bin", Metadata.BINARY_BYTE_MARSHALLER);

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

    private static final Metadata.BinaryMarshaller<String> HEX =
            new Metadata.BinaryMarshaller<>() {
                @Override
                public byte[] toBytes(String value) {
                    return HexFormat.of().parseHex(value);
                }

                @Override
                public String parseBytes(byte[] serialized) {
                    return HexFormat.of().formatHex(serialized);
                }
            };

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    private static MethodDescriptor<String, String> method(MethodType type) {
        return MethodDescriptor.newBuilder(TEXT, TEXT)
                .setType(type)
                .setFullMethodName("echo.Echo/" + type)
                .build();
    }

    static Stream<Arguments> callsByRoads() {
        return Stream.of(
                        MethodType.UNARY,
                        MethodType.CLIENT_STREAMING,
                        MethodType.SERVER_STREAMING,
                        MethodType.BIDI_STREAMING)
                .flatMap(
                        type ->
                                Stream.of(
                                                Road.Kind.OUTBOUND,
                                                Road.Kind.INBOUND,
                                                Road.Kind.BOTH,
                                                Road.Kind.SECURED)
                                        .flatMap(
                                                road ->
                                                        Stream.of("ok", "fail")
                                                                .map(
                                                                        end ->
                                                                                Arguments.of(
                                                                                        type, road,
                                                                                        end))));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("callsByRoads")
    void bothSidesHearWhatTheyHearDirectly(MethodType type, Road.Kind kind, String end)
            throws Exception {
        List<String> direct = call(type, Road.Kind.DIRECT, end);
        assertThat(direct).as("the call took place").hasSizeGreaterThan(3);

        assertThat(call(type, kind, end)).isEqualTo(direct);
    }

    /** What both sides heard, each in its order. */
    private static List<String> call(MethodType type, Road.Kind kind, String end) throws Exception {
        List<String> server = new CopyOnWriteArrayList<>();
        List<String> client = new CopyOnWriteArrayList<>();
        Server running = server(server);
        InetSocketAddress at =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), running.getPort());
        try (Road road = Road.http(kind, at, ConnectionPolicy.UpstreamProtocol.HTTP2)) {
            ManagedChannel channel =
                    NettyChannelBuilder.forAddress(road.address())
                            .overrideAuthority("echo:9090")
                            .usePlaintext()
                            .build();
            try {
                int messages = type.clientSendsOneMessage() ? 1 : 3;
                ClientCall<String, String> call =
                        channel.newCall(method(type), CallOptions.DEFAULT);
                Metadata headers = new Metadata();
                headers.put(TEXT_KEY, "Some Text");
                headers.put(TEXT_KEY, "and more");
                headers.put(BINARY_KEY, new byte[] {0, 1, (byte) 255});
                call.start(hearing(client), headers);
                call.request(10);
                for (int i = 0; i < messages; i++) {
                    call.sendMessage(end + "x".repeat(i * 40_000));
                }
                call.halfClose();
                eventually(() -> assertThat(client.toString()).contains("status"));
                eventually(() -> assertThat(server.toString()).containsAnyOf("complete", "cancel"));
            } finally {
                channel.shutdownNow();
            }
        } finally {
            running.shutdownNow();
        }
        return Stream.concat(server.stream(), client.stream()).toList();
    }

    private static Server server(List<String> heard) throws IOException {
        ServerServiceDefinition.Builder service = ServerServiceDefinition.builder("echo.Echo");
        for (MethodType type :
                List.of(
                        MethodType.UNARY,
                        MethodType.CLIENT_STREAMING,
                        MethodType.SERVER_STREAMING,
                        MethodType.BIDI_STREAMING)) {
            service.addMethod(
                    method(type), (call, headers) -> answering(heard, type, call, headers));
        }
        return NettyServerBuilder.forAddress(Plans.anyPort())
                .addService(service.build())
                .build()
                .start();
    }

    private static ServerCall.Listener<String> answering(
            List<String> heard,
            MethodType type,
            ServerCall<String, String> call,
            Metadata headers) {
        heard.add("server: " + text(headers));
        call.request(10);
        return new ServerCall.Listener<>() {
            private String last = "";

            @Override
            public void onMessage(String message) {
                heard.add("server: " + message);
                last = message;
            }

            @Override
            public void onHalfClose() {
                Metadata trailers = new Metadata();
                trailers.put(TEXT_KEY, "a trailer");
                trailers.put(BINARY_KEY, new byte[] {7, 0});
                if (last.startsWith("fail")) {
                    Status status =
                            Status.FAILED_PRECONDITION.withDescription("100 % wr\u00f6ng\n");
                    call.close(status, trailers);
                    return;
                }
                Metadata answer = new Metadata();
                answer.put(TEXT_KEY, "a header");
                call.sendHeaders(answer);
                for (int i = 0; i < (type.serverSendsOneMessage() ? 1 : 4); i++) {
                    call.sendMessage("answer " + i);
                }
                call.close(Status.OK, trailers);
            }

            @Override
            public void onCancel() {
                heard.add("server: cancel");
            }

            @Override
            public void onComplete() {
                heard.add("server: complete");
            }
        };
    }

    private static ClientCall.Listener<String> hearing(List<String> heard) {
        return new ClientCall.Listener<>() {
            @Override
            public void onHeaders(Metadata headers) {
                heard.add("client: " + text(headers));
            }

            @Override
            public void onMessage(String message) {
                heard.add("client: " + message);
            }

            @Override
            public void onClose(Status status, Metadata trailers) {
                heard.add("client: " + text(trailers));
                heard.add("client: status " + status.getCode() + " " + status.getDescription());
            }
        };
    }

    private static String text(Metadata metadata) {
        StringBuilder text = new StringBuilder();
        for (String name : new TreeSet<>(metadata.keys())) {
            if (ADDED.contains(name)) {
                continue;
            }
            text.append(name).append(": ");
            Iterable<?> values =
                    name.endsWith("-bin")
                            ? metadata.getAll(Metadata.Key.of(name, HEX))
                            : metadata.getAll(key(name));
            if (values != null) {
                values.forEach(each -> text.append(each).append("; "));
            }
            text.append('\n');
        }
        return text.toString();
    }
}

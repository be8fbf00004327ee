package io.lateen.sidecar.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.sidecar.exchange.Direction;
import io.lateen.sidecar.plan.ConnectionPolicy;
import io.lateen.sidecar.plan.ForwardPolicy;
import io.lateen.sidecar.plan.ListenerPlan;
import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.plan.SocketPlan;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/** The conformance suite h2spec (RFC 9113, RFC 7541) against every socket that takes HTTP/2. */
class H2SpecTest {

    private static final String PROGRAM = "/h2spec/2.2.0/h2spec_linux_amd64.tar.gz";

    @TempDir static Path folder;

    @BeforeAll
    static void unpack() throws IOException, InterruptedException {
        try (InputStream program = H2SpecTest.class.getResourceAsStream(PROGRAM)) {
            assertThat(program).as("h2spec on the class path").isNotNull();
            Files.copy(program, folder.resolve("h2spec.tar.gz"));
        }
        Process tar =
                new ProcessBuilder("tar", "-xzf", "h2spec.tar.gz")
                        .directory(folder.toFile())
                        .inheritIO()
                        .start();
        assertThat(tar.waitFor()).as("tar").isZero();
    }

    static List<Arguments> sockets() {
        return Arrays.stream(ConnectionPolicy.UpstreamProtocol.values())
                .flatMap(
                        protocol ->
                                Stream.of(
                                                SocketPlan.Role.INBOUND,
                                                SocketPlan.Role.GATEWAY,
                                                SocketPlan.Role.OUTBOUND_CAPTURE)
                                        .map(role -> Arguments.of(role, protocol)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("sockets")
    void passesWhole(SocketPlan.Role role, ConnectionPolicy.UpstreamProtocol protocol)
            throws IOException, InterruptedException {
        Direction direction =
                role == SocketPlan.Role.INBOUND ? Direction.INBOUND : Direction.OUTBOUND;
        DisposableServer app =
                HttpServer.create()
                        .bindAddress(Plans::anyPort)
                        .protocol(HttpProtocol.HTTP11, HttpProtocol.H2C)
                        // h2spec sends heads of 20 KiB, and an application has a limit of its own.
                        .httpRequestDecoder(limits -> limits.maxHeaderSize(64 * 1024))
                        .http2Settings(limits -> limits.maxHeaderListSize(64 * 1024))
                        .handle(
                                (request, response) ->
                                        request.receive()
                                                .then(
                                                        response.sendString(Mono.just("hello"))
                                                                .then()))
                        .bindNow();
        ListenerPlan listener =
                new ListenerPlan.Http(
                        Plans.http(direction, Plans.route("app", ForwardPolicy.PLAIN)));
        Plan plan =
                new Plans()
                        .with(
                                Plans.cluster("app")
                                        .at((InetSocketAddress) app.address())
                                        .protocol(protocol))
                        .socket("in", Plans.anyPort(), role, listener)
                        .anyHttp(listener)
                        .plan();
        try (Carrying sidecar = Carrying.start(plan)) {
            InetSocketAddress in = sidecar.address("in");
            Path output = folder.resolve("output.txt");

            Process h2spec =
                    new ProcessBuilder(
                                    folder.resolve("h2spec").toString(),
                                    "--strict",
                                    "--timeout",
                                    "5",
                                    "--host",
                                    in.getAddress().getHostAddress(),
                                    "--port",
                                    Integer.toString(in.getPort()))
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
            int code = h2spec.waitFor();

            String said = Files.readString(output);
            assertThat(said).containsPattern("14\\d tests, 14\\d passed, 0 skipped, 0 failed");
            assertThat(code).isZero();
        } finally {
            app.disposeNow();
        }
    }
}

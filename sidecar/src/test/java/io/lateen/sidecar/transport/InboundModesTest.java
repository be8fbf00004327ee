package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lateen.sidecar.plan.Plan;
import io.lateen.sidecar.tls.Hellos;
import io.lateen.sidecar.tls.Workloads;
import io.lateen.sidecar.transport.InboundXds.Mode;
import io.lateen.sidecar.transport.InboundXds.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each kind of port takes in each mode: Istio's table, cell by cell, over real sockets. */
class InboundModesTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: reviews\r\n\r\n";

    /** What becomes of a connection. */
    enum End {
        /** The application gets a request that the sidecar has read. */
        HTTP,
        /** The application gets the bytes that the client meant. */
        BYTES,
        /** The application gets the client's TLS as it is. */
        AS_IS,
        /** The sidecar answers 400. */
        BAD_REQUEST,
        /** The sidecar closes the connection; the application hears nothing. */
        CLOSED,
        /** The sidecar wants a certificate; the application hears nothing. */
        HANDSHAKE
    }

    record Row(
            Port port,
            Mode mode,
            End plainHttp,
            End plainBytes,
            End tls,
            End mtlsHttp,
            End mtlsBytes) {}

    static Stream<Row> table() {
        return Stream.of(
                new Row(
                        Port.HTTP,
                        Mode.DISABLE,
                        End.HTTP,
                        End.BAD_REQUEST,
                        End.BAD_REQUEST,
                        End.BAD_REQUEST,
                        End.BAD_REQUEST),
                new Row(
                        Port.HTTP,
                        Mode.PERMISSIVE,
                        End.HTTP,
                        End.BAD_REQUEST,
                        End.CLOSED,
                        End.HTTP,
                        End.BAD_REQUEST),
                new Row(
                        Port.HTTP,
                        Mode.STRICT,
                        End.CLOSED,
                        End.CLOSED,
                        End.HANDSHAKE,
                        End.HTTP,
                        End.BAD_REQUEST),
                new Row(
                        Port.TCP,
                        Mode.DISABLE,
                        End.BYTES,
                        End.BYTES,
                        End.AS_IS,
                        End.AS_IS,
                        End.AS_IS),
                new Row(
                        Port.TCP,
                        Mode.PERMISSIVE,
                        End.BYTES,
                        End.BYTES,
                        End.AS_IS,
                        End.BYTES,
                        End.BYTES),
                new Row(
                        Port.TCP,
                        Mode.STRICT,
                        End.CLOSED,
                        End.CLOSED,
                        End.HANDSHAKE,
                        End.BYTES,
                        End.BYTES),
                new Row(
                        Port.AUTO,
                        Mode.DISABLE,
                        End.HTTP,
                        End.BYTES,
                        End.AS_IS,
                        End.AS_IS,
                        End.AS_IS),
                new Row(
                        Port.AUTO,
                        Mode.PERMISSIVE,
                        End.HTTP,
                        End.BYTES,
                        End.AS_IS,
                        End.HTTP,
                        End.BYTES),
                new Row(
                        Port.AUTO,
                        Mode.STRICT,
                        End.CLOSED,
                        End.CLOSED,
                        End.HANDSHAKE,
                        End.HTTP,
                        End.BYTES),
                new Row(
                        Port.UNDECLARED,
                        Mode.DISABLE,
                        End.BYTES,
                        End.BYTES,
                        End.AS_IS,
                        End.AS_IS,
                        End.AS_IS),
                new Row(
                        Port.UNDECLARED,
                        Mode.PERMISSIVE,
                        End.BYTES,
                        End.BYTES,
                        End.AS_IS,
                        End.BYTES,
                        End.BYTES),
                new Row(
                        Port.UNDECLARED,
                        Mode.STRICT,
                        End.CLOSED,
                        End.CLOSED,
                        End.HANDSHAKE,
                        End.BYTES,
                        End.BYTES));
    }

    private final Workloads workloads = new Workloads();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        open.add(resource);
        return resource;
    }

    @ParameterizedTest
    @MethodSource("table")
    void takesWhatItsModeLets(Row row) throws IOException {
        Application application = closing(new Application());
        Carrying server = sidecar(application, row);

        assertThat(direct(server, application, GET.getBytes(StandardCharsets.US_ASCII)))
                .as("plain HTTP: %s", row)
                .isEqualTo(row.plainHttp());
        assertThat(
                        direct(
                                server,
                                application,
                                "hello you\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .as("plain bytes: %s", row)
                .isEqualTo(row.plainBytes());
        assertThat(direct(server, application, Hellos.of("outside.example", "h2", "http/1.1")))
                .as("TLS of others: %s", row)
                .isEqualTo(row.tls());
        assertThat(mutual(server, application, true))
                .as("mTLS, HTTP: %s", row)
                .isEqualTo(row.mtlsHttp());
        assertThat(mutual(server, application, false))
                .as("mTLS, bytes: %s", row)
                .isEqualTo(row.mtlsBytes());
    }

    @Test
    void endsTheHandshakeOfAClientWithoutACertificate() throws Exception {
        Application application = closing(new Application());
        Carrying server =
                sidecar(
                        application,
                        new Row(
                                Port.HTTP,
                                Mode.STRICT,
                                End.CLOSED,
                                End.CLOSED,
                                End.HANDSHAKE,
                                End.HTTP,
                                End.HTTP));
        InetSocketAddress at = server.address("virtualInbound");

        try (SSLSocket client =
                (SSLSocket)
                        trusting().getSocketFactory().createSocket(at.getAddress(), at.getPort())) {
            client.setSoTimeout(5_000);
            assertThatThrownBy(
                            () -> {
                                client.startHandshake();
                                client.getOutputStream()
                                        .write(GET.getBytes(StandardCharsets.US_ASCII));
                                int first = client.getInputStream().read();
                                throw new IOException("read " + first);
                            })
                    .hasMessageContaining("ertificate");
        }
        assertThat(application.first()).isNull();
    }

    // Strictness that comes later holds for the connections that are there.
    @Test
    void turnsAwayAKeptPlainConnectionOnceThePolicyIsStrict() throws IOException {
        Application application = closing(new Application());
        InetSocketAddress at = free();
        Carrying server =
                closing(
                        Carrying.start(
                                InboundXds.plan(
                                        at, application.address(), Port.HTTP, Mode.PERMISSIVE),
                                Carrying.settings(),
                                1,
                                workloads.tls("reviews")));
        RawClient client = closing(RawClient.connect(at));
        assertThat(client.send(GET).response()).startsWith("HTTP/1.1 200");

        server.apply(InboundXds.plan(at, application.address(), Port.HTTP, Mode.STRICT));

        assertThat(client.send(GET).response())
                .startsWith("HTTP/1.1 503")
                .contains("NR;")
                .contains("takes plain text");
    }

    private Carrying sidecar(Application application, Row row) throws IOException {
        Plan plan = InboundXds.plan(free(), application.address(), row.port(), row.mode());
        return closing(Carrying.start(plan, Carrying.settings(), 1, workloads.tls("reviews")));
    }

    private static InetSocketAddress free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
        }
    }

    private static End direct(Carrying server, Application application, byte[] bytes)
            throws IOException {
        application.forget();
        try (RawClient client = RawClient.connect(server.address("virtualInbound"))) {
            client.socket().getOutputStream().write(bytes);
            int first = read(client);
            byte[] heard = application.first();
            if (heard != null) {
                return end(heard, "x-request-id");
            }
            return switch (first) {
                case -1 -> End.CLOSED;
                case 'H' -> End.BAD_REQUEST;
                case 22 -> End.HANDSHAKE;
                default -> throw new IOException("the sidecar answered " + first);
            };
        }
    }

    private static int read(RawClient client) throws IOException {
        try {
            return client.socket().getInputStream().read();
        } catch (SocketException reset) {
            return -1;
        }
    }

    private End mutual(Carrying server, Application application, boolean http) throws IOException {
        application.forget();
        Plans.Cluster cluster =
                TlsPlans.reviews(server.address("virtualInbound"), TlsPlans.to("reviews"));
        try (Carrying caller =
                        Carrying.start(
                                http
                                        ? TlsPlans.outboundHttp(cluster)
                                        : TlsPlans.outboundTcp(cluster),
                                Carrying.settings(),
                                1,
                                workloads.tls("productpage"));
                RawClient client = RawClient.connect(caller.address("dependency"))) {
            String answer = http ? client.send(GET).response() : bytes(client);
            byte[] heard = application.first();
            if (heard != null) {
                return end(heard, "x-forwarded-client-cert");
            }
            // Where TLS is read as HTTP the answer is plain text, with which no handshake goes on.
            assertThat(answer).containsAnyOf("HTTP/1.1 503", "HTTP/1.1 400", "");
            eventually(
                    () ->
                            assertThat(server.seen())
                                    .as("what the sidecar answered itself")
                                    .anyMatch(each -> each.status() == 400));
            return End.BAD_REQUEST;
        }
    }

    private static String bytes(RawClient client) throws IOException {
        client.send("hello you\r\n\r\n");
        client.socket().shutdownOutput();
        try {
            return client.readAll();
        } catch (SocketException reset) {
            return "";
        }
    }

    private static End end(byte[] heard, String marker) {
        if (heard[0] == 22) {
            return End.AS_IS;
        }
        return new String(heard, StandardCharsets.ISO_8859_1).contains(marker)
                ? End.HTTP
                : End.BYTES;
    }

    private static SSLContext trusting() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                null,
                new TrustManager[] {
                    new X509TrustManager() {
                        @Override
                        public void checkClientTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public void checkServerTrusted(X509Certificate[] chain, String type) {}

                        @Override
                        public X509Certificate[] getAcceptedIssuers() {
                            return new X509Certificate[0];
                        }
                    }
                },
                null);
        return context;
    }

    /** Answers whatever comes first with HTTP, and keeps it. */
    private static final class Application implements AutoCloseable {
        private volatile byte @Nullable [] first;
        private final RawServer server =
                RawServer.start(
                        connection -> {
                            byte[] buffer = new byte[16_384];
                            for (int n = connection.in().read(buffer);
                                    n > 0;
                                    n = connection.in().read(buffer)) {
                                if (first == null) {
                                    first = java.util.Arrays.copyOf(buffer, n);
                                }
                                connection.write(RawServer.ok("you"));
                            }
                        });

        InetSocketAddress address() {
            return server.address();
        }

        void forget() {
            first = null;
        }

        byte @Nullable [] first() {
            return first;
        }

        @Override
        public void close() {
            server.close();
        }
    }
}

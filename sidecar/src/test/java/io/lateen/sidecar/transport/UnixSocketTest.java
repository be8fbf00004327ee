package io.lateen.sidecar.transport;

import static io.lateen.testkit.wait.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that listens on a socket in the file system. */
class UnixSocketTest {
    private static final String POST =
            "POST /x HTTP/1.1\r\nHost: app\r\nContent-Length: 4\r\n\r\nbody";

    @TempDir private Path directory;

    /** An application on a Unix-domain socket, which answers with what it was sent. */
    private static final class App implements AutoCloseable {
        private final ServerSocketChannel server;
        private final List<String> requests = new CopyOnWriteArrayList<>();
        private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();

        App(Path socket) throws IOException {
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            Thread.ofVirtual().start(this::accept);
        }

        private void accept() {
            try {
                while (true) {
                    SocketChannel connection = server.accept();
                    connections.add(connection);
                    Thread.ofVirtual().start(() -> serve(connection));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        private void serve(SocketChannel connection) {
            try {
                InputStream in = Channels.newInputStream(connection);
                StringBuilder text = new StringBuilder();
                for (int b = in.read(); b >= 0; b = in.read()) {
                    text.append((char) b);
                    if (text.toString().endsWith("body")) {
                        requests.add(text.toString());
                        text.setLength(0);
                        connection.write(
                                ByteBuffer.wrap(
                                        RawServer.ok("thanks")
                                                .getBytes(StandardCharsets.US_ASCII)));
                    }
                }
                connection.close();
            } catch (IOException gone) {
                // The sidecar closed it.
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (SocketChannel each : connections) {
                each.close();
            }
        }
    }

    private static String cluster(Path socket) {
        return "name: \"app\" type: STATIC connect_timeout { seconds: 2 } load_assignment { endpoints { lb_endpoints { endpoint { address { pipe { path: \"%s\" } } } } } }"
                .formatted(socket);
    }

    @Test
    void isSentRequestsOnConnectionsThatAreKept() throws IOException {
        Path socket = directory.resolve("app.sock");
        try (App app = new App(socket);
                Carrying sidecar = Carrying.start(FromXds.in(FromXds.toApp(""), cluster(socket)));
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            for (int i = 0; i < 5; i++) {
                assertThat(client.send(POST).response()).endsWith("thanks");
            }
            assertThat(app.requests)
                    .hasSize(5)
                    .allMatch(each -> each.startsWith("POST /x HTTP/1.1\r\nHost: app\r\n"));
            assertThat(app.connections).hasSize(1);
        }
    }

    @Test
    void isSentBytes() throws IOException {
        Path socket = directory.resolve("app.sock");
        try (App app = new App(socket);
                Carrying sidecar = Carrying.start(FromXds.bytes("", cluster(socket)));
                RawClient client = RawClient.connect(sidecar.address("edge"))) {
            assertThat(client.send("some body").response()).endsWith("thanks");
            client.socket().shutdownOutput();
            assertThat(client.readAll()).isEmpty();
            eventually(() -> assertThat(sidecar.flows()).hasSize(1));
            assertThat(app.requests).containsExactly("some body");
        }
    }

    @Test
    void whereNobodyListensTheReasonSaysSo() throws IOException {
        try (Carrying sidecar =
                        Carrying.start(
                                FromXds.in(
                                        FromXds.toApp(""),
                                        cluster(directory.resolve("none.sock"))));
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            assertThat(client.send(POST).response())
                    .startsWith("HTTP/1.1 503")
                    .contains("reason: UF; ")
                    .contains("no connection to " + directory.resolve("none.sock"))
                    .doesNotContain("null");
        }
        Path left = Files.createFile(directory.resolve("left.sock"));
        try (Carrying sidecar = Carrying.start(FromXds.in(FromXds.toApp(""), cluster(left)));
                RawClient client = RawClient.connect(sidecar.address("in"))) {
            assertThat(client.send(POST).response())
                    .startsWith("HTTP/1.1 503")
                    .contains("reason: UF; ");
        }
    }
}

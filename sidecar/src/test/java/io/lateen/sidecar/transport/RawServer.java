package io.lateen.sidecar.transport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of plain sockets that does with each connection what a test says, and records it. */
public final class RawServer implements AutoCloseable {
    /** What is done with a connection; returns to close it. */
    public interface Script {
        void run(Connection connection) throws IOException;
    }

    /** One accepted connection. */
    public final class Connection {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private final int number;

        private Connection(Socket socket, int number) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
            this.number = number;
        }

        /** 0 for the first connection of the server. */
        public int number() {
            return number;
        }

        public Socket socket() {
            return socket;
        }

        public InputStream in() {
            return in;
        }

        /** Reads a head up to its empty line and records it; empty at the end of the stream. */
        public String head() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            int last = 0;
            for (int b = in.read(); b >= 0; b = in.read()) {
                head.write(b);
                last = (last << 8) | b;
                if (last == 0x0D0A0D0A) {
                    String text = head.toString(StandardCharsets.ISO_8859_1);
                    heads.add(text);
                    return text;
                }
            }
            return "";
        }

        public String read(int bytes) throws IOException {
            return new String(in.readNBytes(bytes), StandardCharsets.ISO_8859_1);
        }

        public void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }

    private final ServerSocket server;
    private final Script script;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    private RawServer(Script script) throws IOException {
        this.script = script;
        this.server = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    }

    public static RawServer start(Script script) {
        try {
            RawServer server = new RawServer(script);
            Thread.ofVirtual().start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers every request of every connection with the same bytes, after its head. */
    public static RawServer answering(String response) {
        return start(
                connection -> {
                    while (!connection.head().isEmpty()) {
                        connection.write(response);
                    }
                });
    }

    /** {@code HTTP/1.1 200 OK} with a body of known length. */
    public static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort());
    }

    /** Every head that came, in order. */
    public List<String> heads() {
        return heads;
    }

    /** Connections that were accepted so far. */
    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket each : open) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                Connection connection = new Connection(socket, connections.getAndIncrement());
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Connection connection) {
        try (Socket socket = connection.socket()) {
            script.run(connection);
            socket.shutdownOutput();
        } catch (IOException e) {
            // The other side went away, as some tests want it to.
        }
    }
}

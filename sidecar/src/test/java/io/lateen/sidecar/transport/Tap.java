package io.lateen.sidecar.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Stands between two peers, passes on what each sends, its end and its reset, and keeps it. One
 * character a byte, connection after connection in the order they were made.
 */
final class Tap implements AutoCloseable {
    private final ServerSocket listening;
    private final InetSocketAddress target;
    private final List<Crossing> crossings = new CopyOnWriteArrayList<>();

    private Tap(InetSocketAddress target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    }

    static Tap to(InetSocketAddress target) throws IOException {
        Tap tap = new Tap(target);
        Thread.ofVirtual().start(tap::accept);
        return tap;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
    }

    /** What clients have sent so far. */
    String toServer() {
        return crossings.stream().map(each -> each.there.text()).collect(Collectors.joining());
    }

    /** What the server has sent so far. */
    String toClient() {
        return crossings.stream().map(each -> each.back.text()).collect(Collectors.joining());
    }

    /** Whether every connection was ended by its client, and none is left over. */
    boolean endedByClients() {
        return crossings.stream().allMatch(each -> each.there.ended);
    }

    /** Whether every connection was ended by the server. */
    boolean endedByServer() {
        return crossings.stream().allMatch(each -> each.back.ended);
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket();
                server.connect(target);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Crossing crossing = new Crossing(client, server);
                crossings.add(crossing);
                Thread.ofVirtual().start(crossing.there);
                Thread.ofVirtual().start(crossing.back);
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Crossing each : crossings) {
            each.client.close();
            each.server.close();
        }
    }

    private static final class Crossing {
        private final Socket client;
        private final Socket server;
        private final Half there;
        private final Half back;

        Crossing(Socket client, Socket server) {
            this.client = client;
            this.server = server;
            there = new Half(client, server);
            back = new Half(server, client);
        }
    }

    /** One direction. */
    private static final class Half implements Runnable {
        private final Socket from;
        private final Socket to;
        private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
        private volatile boolean ended;

        Half(Socket from, Socket to) {
            this.from = from;
            this.to = to;
        }

        String text() {
            synchronized (seen) {
                return seen.toString(StandardCharsets.ISO_8859_1);
            }
        }

        @Override
        public void run() {
            byte[] buffer = new byte[16_384];
            try {
                for (int n = from.getInputStream().read(buffer);
                        n >= 0;
                        n = from.getInputStream().read(buffer)) {
                    synchronized (seen) {
                        seen.write(buffer, 0, n);
                    }
                    to.getOutputStream().write(buffer, 0, n);
                }
                ended = true;
                to.shutdownOutput();
            } catch (IOException e) {
                ended = true;
                reset();
            }
        }

        private void reset() {
            try {
                to.setSoLinger(true, 0);
                to.close();
            } catch (IOException e) {
                // It is closed already.
            }
        }
    }
}

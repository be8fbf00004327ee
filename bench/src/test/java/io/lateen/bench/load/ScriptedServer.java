package io.lateen.bench.load;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The JDK's HTTP server with one kind of answer; the hundredth may be late. */
final class ScriptedServer implements AutoCloseable {

    private final HttpServer server;
    private final AtomicInteger requests = new AtomicInteger();

    private ScriptedServer(int status, Duration stall) {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    if (requests.incrementAndGet() == 100) {
                        LockSupport.parkNanos(stall.toNanos());
                    }
                    exchange.sendResponseHeaders(status, 3);
                    exchange.getResponseBody().write(new byte[] {'a', 'b', 'c'});
                    exchange.close();
                });
        server.start();
    }

    static ScriptedServer answering(int status) {
        return new ScriptedServer(status, Duration.ZERO);
    }

    static ScriptedServer stallingOnce(Duration stall) {
        return new ScriptedServer(200, stall);
    }

    Target target() {
        return new Target(server.getAddress(), "reviews:9080");
    }

    int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package io.lateen.samples.bookinfo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's HTTP server in front of an {@link Endpoint}: one virtual thread per request. */
final class WebServer implements AutoCloseable {

    /** A form with a name in it; anything larger is not for us. */
    private static final int LARGEST_BODY_BYTES = 16 * 1024;

    private static final int STOP_WITHIN_SECONDS = 5;

    private final HttpServer server;
    private final ExecutorService threads;

    private WebServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Listens on {@code address} at once. */
    static WebServer listen(InetSocketAddress address, Endpoint endpoint) throws IOException {
        HttpServer server = HttpServer.create(address, 0);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", exchange -> handle(exchange, endpoint));
        server.start();
        return new WebServer(server, threads);
    }

    InetSocketAddress address() {
        return server.getAddress();
    }

    /** Takes no more connections, and waits a little for the requests under way. */
    @Override
    public void close() {
        server.stop(STOP_WITHIN_SECONDS);
        threads.close();
    }

    private static void handle(HttpExchange exchange, Endpoint endpoint) throws IOException {
        try (exchange) {
            byte[] body = readBody(exchange);
            Answer answer =
                    body.length > LARGEST_BODY_BYTES
                            ? Answer.json(413, Map.of("error", "expected at most 16 KiB of body"))
                            : answer(exchange, body, endpoint);
            send(exchange, answer);
        }
    }

    private static byte[] readBody(HttpExchange exchange) throws IOException {
        try (InputStream stream = exchange.getRequestBody()) {
            return stream.readNBytes(LARGEST_BODY_BYTES + 1);
        }
    }

    private static Answer answer(HttpExchange exchange, byte[] body, Endpoint endpoint) {
        Call call = call(exchange, body);
        if (call.path().equals("/health")) {
            return Answer.json(200, Map.of("status", "healthy"));
        }
        try {
            return endpoint.answer(call);
        } catch (RuntimeException e) {
            System.err.printf("cannot answer %s %s: %s%n", call.method(), call.path(), e);
            return Answer.json(500, Map.of("error", "this is a fault of the application itself"));
        }
    }

    private static Call call(HttpExchange exchange, byte[] body) {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                headers,
                new String(body, StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        boolean bodiless = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
        // The JDK's server takes -1 for "no body" and 0 for "chunked".
        exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }
}

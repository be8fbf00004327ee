package io.lateen.portal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;

/** A program behind the portal: a real HTTP server that answers what a test tells it to. */
public final class FakeBackend implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Scripted> answers = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, BlockingQueue<String>> streams = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<String>> silences = new ConcurrentHashMap<>();

    private FakeBackend(HttpServer server) {
        this.server = server;
    }

    /** What it was asked. Names of headers in lower case. */
    public record Request(String method, String path, Map<String, String> headers, String body) {

        /** The token that came along; empty when there was none. */
        public String token() {
            String header = headers.getOrDefault("authorization", "");
            return header.startsWith("Bearer ") ? header.substring("Bearer ".length()) : "";
        }
    }

    private record Scripted(int status, Map<String, String> headers, String body) {}

    /** Starts one on a free port. */
    public static FakeBackend start() {
        try {
            return serving(
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one on a free port that speaks TLS. */
    public static FakeBackend secure(SSLContext tls) {
        try {
            HttpsServer server =
                    HttpsServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            return serving(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FakeBackend serving(HttpServer server) {
        var backend = new FakeBackend(server);
        server.createContext("/", backend::serve);
        server.setExecutor(backend.threads);
        server.start();
        return backend;
    }

    /** Where it is. */
    public String url() {
        return server instanceof HttpsServer
                ? "https://localhost:" + server.getAddress().getPort()
                : "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on answers a path, whatever its query, with JSON. */
    public FakeBackend answers(String path, String json) {
        return answers(path, 200, Map.of(), json);
    }

    /** From now on answers a path with a status, headers and a body. */
    public FakeBackend answers(String path, int status, Map<String, String> headers, String body) {
        answers.put(path, new Scripted(status, headers, body));
        return this;
    }

    /** From now on answers a path by a stream of lines: each that is put here goes out at once. */
    public BlockingQueue<String> streams(String path) {
        return streams.computeIfAbsent(path, _ -> new LinkedBlockingQueue<>());
    }

    /** From now on says nothing at a path until something is put here. */
    public BlockingQueue<String> silent(String path) {
        return silences.computeIfAbsent(path, _ -> new LinkedBlockingQueue<>());
    }

    /** What it was asked at a path, in order. */
    public List<Request> requests(String path) {
        return requests.stream()
                .filter(
                        request ->
                                request.path().equals(path)
                                        || request.path().startsWith(path + "?"))
                .toList();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach(
                        (name, values) ->
                                headers.put(
                                        name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        requests.add(
                new Request(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        headers,
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        BlockingQueue<String> silence = silences.get(path);
        if (silence != null) {
            try {
                silence.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        BlockingQueue<String> stream = streams.get(path);
        if (stream != null) {
            stream(exchange, stream);
            return;
        }
        Scripted answer =
                answers.getOrDefault(path, new Scripted(404, Map.of(), "{\"message\":\"none\"}"));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static void stream(HttpExchange exchange, BlockingQueue<String> lines)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
                out.write((lines.take() + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

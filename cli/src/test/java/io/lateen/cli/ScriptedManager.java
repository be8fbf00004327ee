package io.lateen.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.lateen.testkit.net.LoopbackAddresses;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A manager that gives to each request line the answer that a test has put there. */
final class ScriptedManager implements AutoCloseable {

    static final String TOKEN = "a-token-of-the-test";

    private record Scripted(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Scripted> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    ScriptedManager() throws IOException {
        server = HttpServer.create(new InetSocketAddress(LoopbackAddresses.next(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers {@code line}, such as {@code GET /lateen/v1/proxies}, with {@code body}. */
    ScriptedManager on(String line, int status, String body) {
        answers.put(line, new Scripted(status, body));
        return this;
    }

    String url() {
        return "http://%s:%d"
                .formatted(server.getAddress().getHostString(), server.getAddress().getPort());
    }

    /** Each request: its line, and its body if it has one. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            requests.add(body.isEmpty() ? line : line + "\n" + body);
            boolean known =
                    ("Bearer " + TOKEN)
                            .equals(exchange.getRequestHeaders().getFirst("Authorization"));
            Scripted answer =
                    known
                            ? answers.getOrDefault(
                                    line,
                                    new Scripted(
                                            404, "{\"message\":\"not scripted: " + line + "\"}"))
                            : new Scripted(401, "{}");
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package io.lateen.charts;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An API server that holds the Secrets it is told to hold: what Helm's {@code lookup} asks. */
final class ScriptedCluster implements AutoCloseable {

    private static final String RESOURCES =
            """
            {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "v1", "resources": [
              {"name": "secrets", "singularName": "secret", "namespaced": true, "kind": "Secret",
               "verbs": ["get", "list"]}]}
            """;
    private static final String NOT_FOUND =
            """
            {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound",
             "code": 404}
            """;

    private final HttpServer server;
    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    private ScriptedCluster(HttpServer server) {
        this.server = server;
    }

    /** Starts one, and writes the file that leads to it. */
    static ScriptedCluster open(Path kubeconfig) throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ScriptedCluster cluster = new ScriptedCluster(server);
        server.createContext("/", cluster::answer);
        server.start();
        Files.writeString(
                kubeconfig,
                """
                apiVersion: v1
                kind: Config
                current-context: test
                clusters: [{name: test, cluster: {server: "http://127.0.0.1:%d"}}]
                contexts: [{name: test, context: {cluster: test, user: test}}]
                users: [{name: test, user: {}}]
                """
                        .formatted(server.getAddress().getPort()));
        return cluster;
    }

    /** From now on there is this Secret, as an API server stores it. */
    void holds(JsonObject secret) {
        JsonObject stored = secret.deepCopy();
        JsonObject data = new JsonObject();
        stored.remove("stringData")
                .getAsJsonObject()
                .asMap()
                .forEach(
                        (key, value) ->
                                data.addProperty(
                                        key,
                                        Base64.getEncoder()
                                                .encodeToString(
                                                        value.getAsString()
                                                                .getBytes(
                                                                        StandardCharsets.UTF_8))));
        stored.add("data", data);
        secrets.put(
                stored.getAsJsonObject("metadata").get("name").getAsString(), stored.toString());
    }

    /** From now on there is nothing. */
    void clear() {
        secrets.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String found =
                path.equals("/api/v1")
                        ? RESOURCES
                        : secrets.getOrDefault(path.substring(path.lastIndexOf('/') + 1), "");
        byte[] body = (found.isEmpty() ? NOT_FOUND : found).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(found.isEmpty() ? 404 : 200, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

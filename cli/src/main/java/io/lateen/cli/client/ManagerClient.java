package io.lateen.cli.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks to one manager. Used by one thread. */
public final class ManagerClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    // Above the longest wait that is asked of /lateen/v1/revisions.
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final int FIRST_ERROR = 400;

    private final URI server;
    private final Optional<String> token;
    private final JsonMapper json = JsonMapper.shared();
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    // An application's HTTP_PROXY is for the mesh, not for the way to its manager.
                    .proxy(ProxySelector.of(null))
                    .build();

    /**
     * A client of the manager at {@code server}.
     *
     * @param server such as {@code http://127.0.0.1:7070}
     * @param token sent with each request
     */
    public ManagerClient(URI server, Optional<String> token) {
        this.server = server;
        this.token = token;
    }

    /** Where the manager is. */
    public URI server() {
        return server;
    }

    /** Gets {@code path} as a document. */
    public JsonNode get(String path) {
        return get(path, "application/json");
    }

    /** Gets {@code path} as a document of the type {@code accept}. */
    public JsonNode get(String path, String accept) {
        return send(request(path).header("Accept", accept).GET());
    }

    /** Gets {@code path}, or nothing when there is no such thing. */
    public Optional<JsonNode> find(String path) {
        HttpResponse<String> response =
                exchange(request(path).header("Accept", "application/json").GET());
        return response.statusCode() == 404 ? Optional.empty() : Optional.of(document(response));
    }

    /** Posts YAML or JSON documents to {@code path}. */
    public JsonNode post(String path, String documents) {
        return send(
                request(path)
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/yaml")
                        .POST(HttpRequest.BodyPublishers.ofString(documents)));
    }

    /** Deletes what is at {@code path}. */
    public JsonNode delete(String path) {
        return send(request(path).header("Accept", "application/json").DELETE());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(ANSWER_TIMEOUT);
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request;
    }

    private JsonNode send(HttpRequest.Builder request) {
        return document(exchange(request));
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException e) {
            throw new CommandFailed(
                    "no manager answers at %s; start one with `lateen up`, or name another with --server"
                            .formatted(server));
        } catch (IOException e) {
            throw new CommandFailed(
                    "the manager at %s did not answer: %s".formatted(server, e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }

    private JsonNode document(HttpResponse<String> response) {
        JsonNode document = parse(response);
        if (response.statusCode() >= FIRST_ERROR) {
            throw new CommandFailed(explain(response.statusCode(), document));
        }
        return document;
    }

    private JsonNode parse(HttpResponse<String> response) {
        try {
            return json.readTree(response.body());
        } catch (JacksonException e) {
            throw new CommandFailed(
                    "%s answered %d with something that is no JSON; is it a manager?"
                            .formatted(server, response.statusCode()));
        }
    }

    /** A Kubernetes {@code Status}, in words: its message, and a line for each further cause. */
    private String explain(int status, JsonNode document) {
        if (status == 401) {
            return "the manager at %s does not accept the token; give one with --token or LATEEN_TOKEN"
                    .formatted(server);
        }
        List<String> lines = new ArrayList<>();
        lines.add(document.path("message").asString("the manager answered " + status));
        List<JsonNode> causes = List.copyOf(document.path("details").path("causes").values());
        if (causes.size() > 1) {
            causes.forEach(
                    cause ->
                            lines.add(
                                    "  %s: %s"
                                            .formatted(
                                                    cause.path("field").asString("?"),
                                                    cause.path("message").asString(""))));
        }
        return String.join("\n", lines);
    }
}

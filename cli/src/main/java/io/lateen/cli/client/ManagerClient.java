package io.lateen.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks to one manager, or to the certificate authority, which answers in the same shape. Used by
 * one thread.
 */
public final class ManagerClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    // Above the longest wait that is asked of /lateen/v1/revisions.
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
    private static final int FIRST_ERROR = 400;

    private final Addressee addressee;
    private final URI server;
    private final Optional<String> token;
    private final JsonMapper json = JsonMapper.shared();

    /** Whom it speaks to, for messages. */
    private enum Addressee {
        MANAGER("manager", "--server"),
        AUTHORITY("certificate authority", "--ca-server");

        private final String noun;
        private final String option;

        Addressee(String noun, String option) {
            this.noun = noun;
            this.option = option;
        }
    }

    private record Body(String type, String text) {}

    /** An answer as it came. */
    private record Response(int status, String body) {}

    /**
     * A client of the manager at {@code server}.
     *
     * @param server such as {@code http://127.0.0.1:7070}
     * @param token sent with each request
     */
    public ManagerClient(URI server, Optional<String> token) {
        this(Addressee.MANAGER, server, token);
    }

    private ManagerClient(Addressee addressee, URI server, Optional<String> token) {
        this.addressee = addressee;
        this.server = server;
        this.token = token;
    }

    /** A client of the certificate authority at {@code server}. */
    public static ManagerClient ofAuthority(URI server, Optional<String> token) {
        return new ManagerClient(Addressee.AUTHORITY, server, token);
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
        return document(exchange("GET", path, accept, Optional.empty()));
    }

    /** Gets {@code path}, or nothing when there is no such thing. */
    public Optional<JsonNode> find(String path) {
        Response response = exchange("GET", path, "application/json", Optional.empty());
        return response.status() == HttpURLConnection.HTTP_NOT_FOUND
                ? Optional.empty()
                : Optional.of(document(response));
    }

    /** Posts YAML or JSON documents to {@code path}. */
    public JsonNode post(String path, String documents) {
        return post(path, documents, "application/yaml");
    }

    /** Posts a body of the type {@code type} to {@code path}. */
    public JsonNode post(String path, String body, String type) {
        return document(
                exchange("POST", path, "application/json", Optional.of(new Body(type, body))));
    }

    /** Deletes what is at {@code path}. */
    public JsonNode delete(String path) {
        return document(exchange("DELETE", path, "application/json", Optional.empty()));
    }

    /**
     * One request and its answer. By HttpURLConnection: HttpClient reads all certificates of the
     * JDK before it speaks plain HTTP, which is half of the time that a command takes.
     */
    private Response exchange(String method, String path, String accept, Optional<Body> body) {
        try {
            // An application's HTTP_PROXY is for the mesh, not for the way to its manager.
            HttpURLConnection connection =
                    (HttpURLConnection) server.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout((int) CONNECT_TIMEOUT.toMillis());
            connection.setReadTimeout((int) ANSWER_TIMEOUT.toMillis());
            connection.setRequestMethod(method);
            connection.setRequestProperty("Accept", accept);
            token.ifPresent(it -> connection.setRequestProperty("Authorization", "Bearer " + it));
            if (body.isPresent()) {
                connection.setRequestProperty("Content-Type", body.get().type());
                connection.setDoOutput(true);
                try (OutputStream stream = connection.getOutputStream()) {
                    stream.write(body.get().text().getBytes(StandardCharsets.UTF_8));
                }
            }
            return read(connection);
        } catch (ConnectException e) {
            throw new CommandFailed(
                    "no %s answers at %s; start one with `lateen up`, or name another with %s"
                            .formatted(addressee.noun, server, addressee.option));
        } catch (IOException e) {
            throw new CommandFailed(
                    "the %s at %s did not answer: %s"
                            .formatted(addressee.noun, server, e.getMessage()));
        }
    }

    private static Response read(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream stream =
                status < FIRST_ERROR ? connection.getInputStream() : connection.getErrorStream()) {
            return new Response(
                    status,
                    stream == null
                            ? ""
                            : new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private JsonNode document(Response response) {
        JsonNode document = parse(response);
        if (response.status() >= FIRST_ERROR) {
            throw new CommandFailed(explain(response.status(), document));
        }
        return document;
    }

    private JsonNode parse(Response response) {
        try {
            return json.readTree(response.body());
        } catch (JacksonException e) {
            throw new CommandFailed(
                    "%s answered %d with something that is no JSON; is it a %s?"
                            .formatted(server, response.status(), addressee.noun));
        }
    }

    /** A Kubernetes {@code Status}, in words: its message, and a line for each further cause. */
    private String explain(int status, JsonNode document) {
        if (status == 401) {
            return "the %s at %s does not accept the token; give one with --token or LATEEN_TOKEN"
                    .formatted(addressee.noun, server);
        }
        List<String> lines = new ArrayList<>();
        lines.add(
                document.path("message").asString("the " + addressee.noun + " answered " + status));
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

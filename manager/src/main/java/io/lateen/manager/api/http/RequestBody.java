package io.lateen.manager.api.http;

import io.lateen.manager.api.status.Refusal;
import io.lateen.model.codec.MalformedText;
import io.lateen.model.codec.ResourceCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** The body of a request, read whole. */
public final class RequestBody {
    /** As much as Kubernetes takes. */
    private static final int LARGEST = 3 * 1024 * 1024;

    private static final ResourceCodec CODEC = new ResourceCodec();

    private final byte[] bytes;
    private final String mediaType;

    private RequestBody(byte[] bytes, String mediaType) {
        this.bytes = bytes;
        this.mediaType = mediaType;
    }

    /** Reads the body of a request. */
    public static RequestBody of(ServerRequest request) {
        MediaType type = request.headers().contentType().orElse(MediaType.APPLICATION_JSON);
        try (InputStream in = request.servletRequest().getInputStream()) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw Refusal.tooLarge(
                        "found a body of more than " + LARGEST + " bytes, expected at most that");
            }
            String name = type.getType() + "/" + type.getSubtype();
            return new RequestBody(bytes, name.toLowerCase(Locale.ROOT));
        } catch (IOException e) {
            throw new UncheckedIOException("the body could not be read", e);
        }
    }

    /**
     * Its media type in lower case, without parameters; {@code application/json} if none is said.
     */
    public String mediaType() {
        return mediaType;
    }

    /** Whether nothing was sent. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The body as text. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The one object that it holds, in JSON or YAML. */
    public ObjectNode object(Duplicates duplicates) {
        if (node(duplicates) instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.badRequest("the body: found no object, expected one");
    }

    /** What it holds, in JSON or YAML. */
    public JsonNode node(Duplicates duplicates) {
        return switch (mediaType) {
            case "application/json",
                    "application/merge-patch+json",
                    "application/json-patch+json",
                    "application/strategic-merge-patch+json" ->
                    read(Json.reader(duplicates));
            case "application/yaml",
                    "application/x-yaml",
                    "text/yaml",
                    "application/apply-patch+yaml" ->
                    yaml();
            case "application/vnd.kubernetes.protobuf" -> withoutNul(NamespaceProtobuf.read(bytes));
            default ->
                    throw Refusal.unsupportedMediaType(
                            "Content-Type: found "
                                    + mediaType
                                    + ", expected application/json or application/yaml");
        };
    }

    private JsonNode yaml() {
        List<JsonNode> documents = yamlDocuments();
        if (documents.size() != 1) {
            throw Refusal.badRequest(
                    "the body: found " + documents.size() + " documents, expected one");
        }
        return documents.getFirst();
    }

    /** All documents of a body of YAML or JSON. */
    public List<JsonNode> yamlDocuments() {
        try {
            return CODEC.split(text()).stream().map(RequestBody::withoutNul).toList();
        } catch (MalformedText e) {
            throw Refusal.badRequest("the body: " + e.getMessage());
        }
    }

    /** PostgreSQL's jsonb cannot hold the character, and no field of ours means it. */
    private static JsonNode withoutNul(JsonNode node) {
        if (node.toString().contains("\\u0000")) {
            throw Refusal.badRequest("the body: found the character U+0000 in a text");
        }
        return node;
    }

    private JsonNode read(ObjectMapper mapper) {
        try {
            return withoutNul(mapper.readTree(bytes));
        } catch (StreamReadException e) {
            throw Refusal.badRequest(
                    "the body is no JSON: "
                            + e.getOriginalMessage()
                            + " at line "
                            + e.getLocation().getLineNr()
                            + ", column "
                            + e.getLocation().getColumnNr());
        } catch (JacksonException e) {
            throw Refusal.badRequest("the body is no JSON: " + e.getOriginalMessage());
        }
    }

    /** What to do about a field that is written twice. */
    public enum Duplicates {
        REFUSED,
        LAST_WINS
    }
}

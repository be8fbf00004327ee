package io.lateen.manager.store;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Objects as the jsonb columns of the store hold them. Thread-safe. */
final class ObjectJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private ObjectJson() {}

    static String text(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    /** The columns of table {@code resource} under their names. */
    static ObjectNode row(StoredObject object) {
        ObjectNode row = content(object);
        row.put("api_group", object.key().type().group());
        row.put("kind", object.key().type().kind());
        row.put("namespace", object.key().namespace());
        row.put("name", object.key().name());
        row.put("revision", object.revision());
        return row;
    }

    /** What column {@code history.object} holds: all that the other columns do not say. */
    static ObjectNode content(StoredObject object) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("uid", object.stamp().uid().toString());
        node.put("created", object.stamp().created().toString());
        node.put("generation", object.stamp().generation());
        node.put("applied", object.stamp().applied());
        node.set("labels", strings(object.marks().labels()));
        node.set("annotations", strings(object.marks().annotations()));
        node.set("managed_fields", object.marks().managedFields());
        node.set("spec", object.body().spec());
        JsonNode status = object.body().status();
        if (status != null) {
            node.set("status", status);
        }
        return node;
    }

    static StoredObject object(ObjectKey key, long revision, JsonNode content) {
        var stamp =
                new Stamp(
                        UUID.fromString(content.path("uid").stringValue()),
                        instant(content.path("created").stringValue()),
                        content.path("generation").longValue(),
                        revision,
                        // History from before it was written has none.
                        content.path("applied").asLong(revision));
        JsonNode managed = content.path("managed_fields");
        var marks =
                new Marks(
                        strings(content.path("labels")),
                        strings(content.path("annotations")),
                        managed.isArray() ? managed : JsonNodeFactory.instance.arrayNode());
        JsonNode spec = content.path("spec");
        JsonNode status = content.path("status");
        var body =
                new Body(
                        spec.isObject() ? spec : JsonNodeFactory.instance.objectNode(),
                        present(status));
        return new StoredObject(key, stamp, marks, body);
    }

    private static @Nullable JsonNode present(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : node;
    }

    private static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private static ObjectNode strings(Map<String, String> values) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        values.forEach(node::put);
        return node;
    }

    private static Map<String, String> strings(JsonNode node) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            values.put(entry.getKey(), entry.getValue().stringValue());
        }
        return values;
    }
}

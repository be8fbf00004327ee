package io.lateen.model.schema;

import io.lateen.model.document.Node;
import io.lateen.model.validation.Violations;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object whose keys the user chooses.
 *
 * @param values what each value may be
 * @param minProperties how many at least, where it is written
 * @param maxProperties how many at most; null means any number
 */
public record MapSchema(Schema values, int minProperties, @Nullable Integer maxProperties)
        implements Schema {

    /** A map of any size. */
    public static MapSchema map(Schema values) {
        return new MapSchema(values, 0, null);
    }

    /** The same with at least so many entries. */
    public MapSchema atLeast(int min) {
        return new MapSchema(values, min, maxProperties);
    }

    /** The same with at most so many entries. */
    public MapSchema atMost(int max) {
        return new MapSchema(values, minProperties, max);
    }

    @Override
    public void check(Node node, Violations violations) {
        if (!(node.value() instanceof Map<?, ?> map)) {
            violations.add(node.path(), node.shown(), "an object of names and values");
            return;
        }
        if (map.size() < minProperties) {
            violations.add(node.path(), map.size() + " entries", "at least " + minProperties);
        }
        if (maxProperties != null && map.size() > maxProperties) {
            violations.add(node.path(), map.size() + " entries", "at most " + maxProperties);
        }
        for (Node entry : node.entries().values()) {
            if (entry.exists()) {
                values.check(entry, violations);
            } else {
                violations.add(
                        entry.path(),
                        "nothing",
                        "a value",
                        values instanceof ObjectSchema ? "write {} for an empty one" : "add it");
            }
        }
    }

    @Override
    public @Nullable Object known(Node node, Violations unknown) {
        if (!(node.value() instanceof Map<?, ?>)) {
            return node.value();
        }
        Map<String, @Nullable Object> kept = new LinkedHashMap<>();
        node.entries()
                .forEach(
                        (key, entry) ->
                                kept.put(
                                        key, entry.exists() ? values.known(entry, unknown) : null));
        return kept;
    }

    @Override
    public Object completed(Object value) {
        Map<String, Object> completed = new LinkedHashMap<>();
        ((Map<?, ?>) value)
                .forEach((key, entry) -> completed.put(key.toString(), values.completed(entry)));
        return completed;
    }

    @Override
    public Object trimmed(Object value) {
        Map<String, Object> trimmed = new LinkedHashMap<>();
        ((Map<?, ?>) value)
                .forEach((key, entry) -> trimmed.put(key.toString(), values.trimmed(entry)));
        return trimmed;
    }

    @Override
    public Map<String, Object> toOpenApi() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("type", "object");
        description.put("additionalProperties", values.toOpenApi());
        if (minProperties > 0) {
            description.put("minProperties", minProperties);
        }
        if (maxProperties != null) {
            description.put("maxProperties", maxProperties);
        }
        return description;
    }
}

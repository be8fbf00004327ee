package io.lateen.model.schema;

import io.lateen.model.document.Node;
import io.lateen.model.validation.Violations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object with known fields.
 *
 * @param name as messages call it, {@code HTTPRoute}
 * @param fields by name, in the order of the description
 * @param oneOf groups of fields of which at most one may be written
 */
public record ObjectSchema(String name, Map<String, Field> fields, List<List<String>> oneOf)
        implements Schema {

    /** An object with these fields. */
    public static ObjectSchema object(String name, Field... fields) {
        Map<String, Field> byName = new LinkedHashMap<>();
        for (Field field : fields) {
            byName.put(field.name(), field);
        }
        return new ObjectSchema(name, byName, List.of());
    }

    /** The same, where at most one of these fields may be written. */
    public ObjectSchema oneOf(String... alternatives) {
        List<List<String>> groups = new ArrayList<>(oneOf);
        groups.add(List.of(alternatives));
        return new ObjectSchema(name, fields, List.copyOf(groups));
    }

    /** The same with one more field. */
    public ObjectSchema and(Field field) {
        Map<String, Field> more = new LinkedHashMap<>(fields);
        more.put(field.name(), field);
        return new ObjectSchema(name, more, oneOf);
    }

    @Override
    public void check(Node node, Violations violations) {
        if (!(node.value() instanceof Map<?, ?>)) {
            violations.add(node.path(), node.shown(), "an object (" + name + ")");
            return;
        }
        for (Field field : fields.values()) {
            Node child = node.get(field.name());
            if (child.exists()) {
                field.schema().check(child, violations);
            } else if (field.required()) {
                violations.add(
                        child.path(), "nothing", "a value: " + name + " requires it", "add it");
            }
        }
        for (List<String> group : oneOf) {
            List<String> present = node.present(group.toArray(String[]::new));
            if (present.size() > 1) {
                violations.add(
                        node.path(),
                        String.join(" and ", present),
                        "at most one of " + String.join(", ", group),
                        "keep one of them");
            }
        }
    }

    @Override
    public @Nullable Object known(Node node, Violations unknown) {
        if (!(node.value() instanceof Map<?, ?> map)) {
            return node.value();
        }
        Map<String, Object> kept = new LinkedHashMap<>();
        for (Object key : map.keySet()) {
            String written = key.toString();
            Node child = node.get(written);
            Field field = fields.get(written);
            if (field == null) {
                reportUnknown(child.path(), written, unknown);
                continue;
            }
            Object value = child.exists() ? field.schema().known(child, unknown) : null;
            if (value != null) {
                kept.put(written, value);
            }
        }
        return kept;
    }

    private void reportUnknown(String path, String written, Violations unknown) {
        String mend =
                NearestName.of(written, fields.keySet())
                        .map(nearest -> "did you mean `" + nearest + "`?")
                        .orElse("remove it; the fields are " + String.join(", ", fields.keySet()));
        unknown.add(path, "unknown field", "one of the fields of " + name, mend);
    }

    @Override
    public Object completed(Object value) {
        Map<String, Object> completed = new LinkedHashMap<>();
        Map<?, ?> written = (Map<?, ?>) value;
        for (Field field : fields.values()) {
            Object child = written.get(field.name());
            if (child == null) {
                child = field.whenAbsent();
            }
            if (child != null) {
                completed.put(field.name(), field.schema().completed(child));
            }
        }
        return completed;
    }

    @Override
    public Object trimmed(Object value) {
        Map<String, Object> trimmed = new LinkedHashMap<>();
        ((Map<?, ?>) value)
                .forEach(
                        (key, child) -> {
                            Field field = fields.get(key.toString());
                            if (field == null || child == null) {
                                return;
                            }
                            Object kept = field.schema().trimmed(child);
                            if (!field.meansAbsent(kept)) {
                                trimmed.put(field.name(), kept);
                            }
                        });
        return trimmed;
    }

    @Override
    public Map<String, Object> toOpenApi() {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Field field : fields.values()) {
            Map<String, Object> property = new LinkedHashMap<>();
            property.put("description", field.description());
            property.putAll(field.schema().toOpenApi());
            if (field.nullable()) {
                property.put("nullable", true);
            }
            properties.put(field.name(), property);
            if (field.required()) {
                required.add(field.name());
            }
        }
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("type", "object");
        description.put("properties", properties);
        if (!required.isEmpty()) {
            description.put("required", required);
        }
        addAlternatives(description);
        return description;
    }

    private void addAlternatives(Map<String, Object> description) {
        List<Map<String, Object>> groups =
                oneOf.stream()
                        .map(group -> Map.<String, Object>of("oneOf", alternatives(group)))
                        .toList();
        if (groups.size() == 1) {
            description.putAll(groups.getFirst());
        } else if (!groups.isEmpty()) {
            description.put("allOf", groups);
        }
    }

    /** None of them, or exactly one: a client that reads OpenAPI needs both spelled out. */
    private static List<Object> alternatives(List<String> group) {
        List<Object> each = new ArrayList<>();
        for (String field : group) {
            each.add(Map.of("required", List.of(field)));
        }
        List<Object> all = new ArrayList<>();
        all.add(Map.of("not", Map.of("anyOf", List.copyOf(each))));
        all.addAll(each);
        return all;
    }
}

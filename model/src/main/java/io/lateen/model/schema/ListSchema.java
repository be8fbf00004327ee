package io.lateen.model.schema;

import io.lateen.model.document.Node;
import io.lateen.model.validation.Violations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list.
 *
 * @param items what each element may be
 * @param minItems how many at least
 * @param maxItems how many at most; null means any number
 * @param key the field by which elements are told apart, each value once; null where they are not
 */
public record ListSchema(
        Schema items, int minItems, @Nullable Integer maxItems, @Nullable String key)
        implements Schema {

    /** A list of any length. */
    public static ListSchema list(Schema items) {
        return new ListSchema(items, 0, null, null);
    }

    /** The same with a number of elements from and to. */
    public ListSchema sized(int min, int max) {
        return new ListSchema(items, min, max, key);
    }

    /** The same whose elements are told apart by a field. */
    public ListSchema keyedBy(String field) {
        return new ListSchema(items, minItems, maxItems, field);
    }

    @Override
    public void check(Node node, Violations violations) {
        if (!(node.value() instanceof List<?> list)) {
            violations.add(node.path(), node.shown(), "a list", "begin each element with a dash");
            return;
        }
        if (list.size() < minItems) {
            violations.add(node.path(), list.size() + " elements", "at least " + minItems);
        }
        if (maxItems != null && list.size() > maxItems) {
            violations.add(node.path(), list.size() + " elements", "at most " + maxItems);
        }
        for (Node item : node.items()) {
            if (item.exists()) {
                items.check(item, violations);
            } else {
                violations.add(item.path(), "nothing", "a value", "remove the empty element");
            }
        }
        checkKeys(node, violations);
    }

    private void checkKeys(Node node, Violations violations) {
        if (key == null) {
            return;
        }
        List<Object> seen = new ArrayList<>();
        for (Node item : node.items()) {
            Node at = item.get(key);
            if (at.value() != null && seen.contains(at.value())) {
                violations.add(at.path(), at.shown() + " again", "a " + key + " that no other has");
            } else if (at.value() != null) {
                seen.add(at.value());
            }
        }
    }

    @Override
    public @Nullable Object known(Node node, Violations unknown) {
        if (!(node.value() instanceof List<?>)) {
            return node.value();
        }
        List<@Nullable Object> kept = new ArrayList<>();
        for (Node item : node.items()) {
            kept.add(item.exists() ? items.known(item, unknown) : null);
        }
        return kept;
    }

    @Override
    public Object completed(Object value) {
        return ((List<?>) value).stream().map(items::completed).toList();
    }

    @Override
    public Object trimmed(Object value) {
        return ((List<?>) value).stream().map(items::trimmed).toList();
    }

    @Override
    public Map<String, Object> toOpenApi() {
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("type", "array");
        description.put("items", items.toOpenApi());
        if (minItems > 0) {
            description.put("minItems", minItems);
        }
        if (maxItems != null) {
            description.put("maxItems", maxItems);
        }
        if (key != null) {
            description.put("x-kubernetes-list-type", "map");
            description.put("x-kubernetes-list-map-keys", List.of(key));
        }
        return description;
    }
}

package io.lateen.manager.api.type;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A column of {@code kubectl get}.
 *
 * @param type of its cells in OpenAPI's words, {@code string}
 * @param priority 0 to be shown always, 1 with {@code -o wide}
 * @param cell reads the cell from an object's JSON
 */
public record Column(
        String name,
        String type,
        String description,
        int priority,
        Function<JsonNode, JsonNode> cell) {

    /** A column that shows one field, found by its path. */
    static Column of(String name, String description, int priority, String... path) {
        return new Column(name, "string", description, priority, object -> at(object, path));
    }

    private static JsonNode at(JsonNode object, String... path) {
        JsonNode node = object;
        for (String field : path) {
            node = node.path(field);
        }
        return node;
    }
}

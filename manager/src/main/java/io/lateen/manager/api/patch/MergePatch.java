package io.lateen.manager.api.patch;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON merge patch (RFC 7386): what is named is set, what is null is removed. */
public final class MergePatch {
    private MergePatch() {}

    /** The document with the patch applied. */
    public static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        if (target instanceof ObjectNode object) {
            merged.setAll(object);
        }
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            if (entry.getValue().isNull()) {
                merged.remove(entry.getKey());
            } else {
                merged.set(entry.getKey(), apply(merged.path(entry.getKey()), entry.getValue()));
            }
        }
        return merged;
    }
}

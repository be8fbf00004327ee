package io.lateen.model.schema;

import io.lateen.model.document.Node;
import io.lateen.model.validation.Violations;
import java.util.Map;

/** Yes or no. */
public record BooleanSchema() implements Schema {

    /** Yes or no. */
    public static BooleanSchema bool() {
        return new BooleanSchema();
    }

    @Override
    public void check(Node node, Violations violations) {
        if (!(node.value() instanceof Boolean)) {
            violations.add(
                    node.path(),
                    node.shown(),
                    "true or false",
                    node.text().isPresent() ? "write it without quotes" : "");
        }
    }

    @Override
    public Map<String, Object> toOpenApi() {
        return Map.of("type", "boolean");
    }
}

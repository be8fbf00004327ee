package io.lateen.model.schema;

import io.lateen.model.document.Node;
import io.lateen.model.validation.Violations;
import java.util.Map;

/** An object that others look into: nothing in it is checked here. */
public record AnySchema() implements Schema {

    @Override
    public void check(Node node, Violations violations) {}

    @Override
    public Map<String, Object> toOpenApi() {
        return Map.of("type", "object", "x-kubernetes-preserve-unknown-fields", true);
    }
}

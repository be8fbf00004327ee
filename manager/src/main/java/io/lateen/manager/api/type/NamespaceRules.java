package io.lateen.manager.api.type;

import io.lateen.manager.api.status.Cause;
import io.lateen.model.codec.UnknownFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The rules of namespaces: there is nothing to say but the metadata. Spec and status are taken, as
 * clients send back what they have read, and have no effect.
 */
final class NamespaceRules implements ContentRules {
    private static final Set<String> FIELDS =
            Set.of("apiVersion", "kind", "metadata", "spec", "status");

    @Override
    public Checked check(ObjectNode document, UnknownFields unknownFields) {
        List<Cause> unknown = new ArrayList<>();
        for (String field : document.propertyNames()) {
            if (!FIELDS.contains(field)) {
                unknown.add(
                        Cause.invalid(
                                field, "found an unknown field, expected metadata and no more"));
            }
        }
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        return switch (unknownFields) {
            case REFUSED -> new Checked(spec, unknown, List.of());
            case WARNED_OF ->
                    new Checked(
                            spec,
                            List.of(),
                            unknown.stream().map(c -> c.field() + ": " + c.message()).toList());
            case IGNORED -> new Checked(spec, List.of(), List.of());
        };
    }
}

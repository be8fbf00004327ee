package io.lateen.manager.store;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What users say about an object, beside what it is.
 *
 * @param managedFields who manages which field, as Kubernetes writes it; an array, never changed in
 *     place
 */
public record Marks(
        Map<String, String> labels, Map<String, String> annotations, JsonNode managedFields) {

    /** Nothing said. */
    public static final Marks NONE = of(Map.of(), Map.of());

    public Marks {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /** Labels and annotations without field managers. */
    public static Marks of(Map<String, String> labels, Map<String, String> annotations) {
        return new Marks(labels, annotations, JsonNodeFactory.instance.arrayNode());
    }
}

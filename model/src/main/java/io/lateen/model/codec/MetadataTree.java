package io.lateen.model.codec;

import io.lateen.model.document.Node;
import io.lateen.model.resource.Metadata;
import io.lateen.model.validation.Violations;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Metadata in Kubernetes' shape. */
final class MetadataTree {

    private MetadataTree() {}

    static Metadata read(Node node, Violations violations) {
        return new Metadata(
                node.text("namespace"),
                node.text("name"),
                node.text("uid"),
                number(node.text("resourceVersion")),
                node.get("generation").integer().orElse(0),
                time(node.get("creationTimestamp"), violations),
                texts(node.get("labels")),
                texts(node.get("annotations")));
    }

    private static long number(String text) {
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    private static Instant time(Node time, Violations violations) {
        if (time.text().isEmpty()) {
            return Instant.EPOCH;
        }
        try {
            return Instant.parse(time.text().get());
        } catch (DateTimeParseException e) {
            violations.add(time.path(), time.shown(), "a time such as 2026-01-31T12:00:00Z");
            return Instant.EPOCH;
        }
    }

    private static Map<String, String> texts(Node node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.entries().forEach((key, entry) -> texts.put(key, entry.text().orElse("")));
        return texts;
    }

    static Map<String, Object> write(Metadata metadata) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", metadata.name());
        if (!metadata.namespace().isEmpty()) {
            tree.put("namespace", metadata.namespace());
        }
        if (!metadata.uid().isEmpty()) {
            tree.put("uid", metadata.uid());
        }
        if (metadata.revision() > 0) {
            tree.put("resourceVersion", Long.toString(metadata.revision()));
        }
        if (metadata.generation() > 0) {
            tree.put("generation", metadata.generation());
        }
        if (!metadata.creationTimestamp().equals(Instant.EPOCH)) {
            tree.put("creationTimestamp", metadata.creationTimestamp().toString());
        }
        if (!metadata.labels().isEmpty()) {
            tree.put("labels", metadata.labels());
        }
        if (!metadata.annotations().isEmpty()) {
            tree.put("annotations", metadata.annotations());
        }
        return tree;
    }
}

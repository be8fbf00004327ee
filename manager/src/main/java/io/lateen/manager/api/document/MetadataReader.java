package io.lateen.manager.api.document;

import io.lateen.manager.api.status.Cause;
import io.lateen.manager.store.Marks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reads and checks the metadata of one document, collecting every fault. Used once. */
final class MetadataReader {
    /** Kubernetes' limit for all annotations of an object together. */
    private static final int ANNOTATIONS_BYTES = 256 * 1024;

    private final JsonNode metadata;
    private final List<Cause> faults = new ArrayList<>();

    MetadataReader(JsonNode metadata) {
        this.metadata = metadata;
        if (!metadata.isObject()) {
            fault("metadata", "found " + shown(metadata) + ", expected an object with a name");
        }
    }

    List<Cause> faults() {
        return faults;
    }

    String text(String field) {
        JsonNode node = metadata.path(field);
        if (node.isString()) {
            return node.stringValue();
        }
        if (!node.isMissingNode() && !node.isNull()) {
            fault("metadata." + field, "found " + shown(node) + ", expected a text");
        }
        return "";
    }

    void check(String field, String value, Function<String, Optional<String>> syntax) {
        syntax.apply(value)
                .ifPresent(
                        expected ->
                                fault(
                                        "metadata." + field,
                                        "found '" + value + "', expected " + expected));
    }

    Marks marks() {
        Map<String, String> labels = strings("labels");
        labels.forEach(
                (key, value) -> {
                    check("labels", key, Syntax::qualifiedKey);
                    check("labels[" + key + "]", value, Syntax::labelValue);
                });
        Map<String, String> annotations = strings("annotations");
        int bytes = 0;
        for (Map.Entry<String, String> entry : annotations.entrySet()) {
            check("annotations", entry.getKey(), Syntax::qualifiedKey);
            bytes += entry.getKey().length() + entry.getValue().length();
        }
        if (bytes > ANNOTATIONS_BYTES) {
            fault(
                    "metadata.annotations",
                    "found " + bytes + " characters, expected at most " + ANNOTATIONS_BYTES);
        }
        return Marks.of(labels, annotations);
    }

    /**
     * Fields that Kubernetes acts upon and we do not: refused, since they would be without effect.
     */
    void refuseWhatHasNoEffect() {
        for (String field : List.of("finalizers", "ownerReferences")) {
            JsonNode node = metadata.path(field);
            if (node.isArray() && !node.isEmpty()) {
                fault(
                        "metadata." + field,
                        "found "
                                + node.size()
                                + ", expected none: nothing here acts upon them yet;"
                                + " remove them");
            }
        }
    }

    Optional<Long> revision() {
        String text = text("resourceVersion");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            fault(
                    "metadata.resourceVersion",
                    "found '" + text + "', expected a number that was read here before");
            return Optional.empty();
        }
    }

    private Map<String, String> strings(String field) {
        JsonNode node = metadata.path(field);
        Map<String, String> values = new LinkedHashMap<>();
        if (node.isMissingNode() || node.isNull()) {
            return values;
        }
        if (!node.isObject()) {
            fault(
                    "metadata." + field,
                    "found " + shown(node) + ", expected an object of keys and texts");
            return values;
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            JsonNode value = entry.getValue();
            if (value.isString()) {
                values.put(entry.getKey(), value.stringValue());
            } else {
                fault(
                        "metadata." + field + "[" + entry.getKey() + "]",
                        "found " + shown(value) + ", expected a text; put it in quotes");
            }
        }
        return values;
    }

    private void fault(String field, String message) {
        faults.add(Cause.invalid(field, message));
    }

    private static String shown(JsonNode node) {
        if (node.isMissingNode()) {
            return "nothing";
        }
        String text = node.toString();
        return text.length() > 60 ? text.substring(0, 57) + "..." : text;
    }
}

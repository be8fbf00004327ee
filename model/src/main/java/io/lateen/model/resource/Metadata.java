package io.lateen.model.resource;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of a resource beside its spec.
 *
 * @param namespace it lives in; empty in a document that leaves it to the request
 * @param name unique within kind and namespace
 * @param uid given by the store; empty before
 * @param revision at which the store last changed it ({@code resourceVersion}); 0 before
 * @param generation counts the changes of its spec; 0 before the store has seen it
 * @param creationTimestamp given by the store; {@link Instant#EPOCH} before
 * @param labels by which it is selected
 * @param annotations that carry notes for people and tools
 */
public record Metadata(
        String namespace,
        String name,
        String uid,
        long revision,
        long generation,
        Instant creationTimestamp,
        Map<String, String> labels,
        Map<String, String> annotations) {

    public Metadata {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
    }

    /** The metadata of a resource that no store has seen. */
    public static Metadata of(String namespace, String name) {
        return new Metadata(namespace, name, "", 0, 0, Instant.EPOCH, Map.of(), Map.of());
    }

    /** The same in another namespace. */
    public Metadata withNamespace(String namespace) {
        return new Metadata(
                namespace, name, uid, revision, generation, creationTimestamp, labels, annotations);
    }
}

package io.lateen.manager.api.document;

import io.lateen.manager.api.type.ApiType;
import io.lateen.manager.store.ObjectType;
import io.lateen.manager.store.StoredObject;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Stored objects as clients see them. */
public final class ObjectDocuments {
    private ObjectDocuments() {}

    /** An object in one of its versions. The spec is shared: do not change it in place. */
    public static ObjectNode json(ApiType type, String version, StoredObject object) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("apiVersion", type.apiVersion(version));
        node.put("kind", type.kind());
        node.set("metadata", metadata(object));
        if (type.type().equals(ObjectType.NAMESPACE)) {
            // What Kubernetes shows of a namespace that can be used; there is no other here.
            node.putObject("spec").putArray("finalizers").add("kubernetes");
            node.putObject("status").put("phase", "Active");
            return node;
        }
        node.set("spec", object.body().spec());
        JsonNode status = object.body().status();
        if (status != null) {
            node.set("status", status);
        }
        return node;
    }

    /** An object's metadata. */
    public static ObjectNode metadata(StoredObject object) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put("name", object.key().name());
        if (!object.key().namespace().isEmpty()) {
            metadata.put("namespace", object.key().namespace());
        }
        metadata.put("uid", object.stamp().uid().toString());
        metadata.put("resourceVersion", Long.toString(object.revision()));
        metadata.put("generation", object.stamp().generation());
        metadata.put("creationTimestamp", object.stamp().created().toString());
        put(metadata, "labels", object.marks().labels());
        put(metadata, "annotations", object.marks().annotations());
        if (!object.marks().managedFields().isEmpty()) {
            metadata.set("managedFields", object.marks().managedFields());
        }
        return metadata;
    }

    private static void put(ObjectNode metadata, String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            ObjectNode node = metadata.putObject(name);
            new TreeMap<>(values).forEach(node::put);
        }
    }
}

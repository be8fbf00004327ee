package io.lateen.model.schema;

import io.lateen.model.resource.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The kinds of a group and version as the {@code components.schemas} of an OpenAPI v3 document, in
 * the form that kubectl reads for {@code explain}, {@code apply} and {@code diff}. What serves it
 * adds the paths, which only it knows.
 */
public final class OpenApi {

    private static final String GVK = "x-kubernetes-group-version-kind";

    private OpenApi() {}

    /** The name of a kind's schema: {@code io.istio.networking.v1.VirtualService}. */
    public static String schemaName(Kind kind, String version) {
        List<String> labels = List.of(kind.group().split("\\.", -1)).reversed();
        return String.join(".", labels) + "." + version + "." + kind.kindName();
    }

    /** The schemas of every kind, and of lists of them, in a version, by name. */
    public static Map<String, Object> schemas(String group, String version) {
        Map<String, Object> schemas = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            if (kind.group().equals(group) && kind.versions().contains(version)) {
                schemas.put(schemaName(kind, version), resource(kind, version));
                schemas.put(schemaName(kind, version) + "List", listOf(kind, version));
            }
        }
        return schemas;
    }

    /** The schema of one kind's documents. */
    public static Map<String, Object> resource(Kind kind, String version) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", KindSchema.description(kind));
        schema.putAll(KindSchema.document(kind).toOpenApi());
        schema.put(GVK, List.of(gvk(kind, version, kind.kindName())));
        return schema;
    }

    private static Map<String, Object> listOf(Kind kind, String version) {
        Map<String, Object> items =
                Map.of("$ref", "#/components/schemas/" + schemaName(kind, version));
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("apiVersion", Map.of("type", "string"));
        properties.put("kind", Map.of("type", "string"));
        properties.put("metadata", Map.of("type", "object"));
        properties.put("items", Map.of("type", "array", "items", items));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("description", "A list of " + kind.kindName() + ".");
        schema.put("type", "object");
        schema.put("required", List.of("items"));
        schema.put("properties", properties);
        schema.put(GVK, List.of(gvk(kind, version, kind.kindName() + "List")));
        return schema;
    }

    private static Map<String, String> gvk(Kind kind, String version, String name) {
        return Map.of("group", kind.group(), "version", version, "kind", name);
    }
}

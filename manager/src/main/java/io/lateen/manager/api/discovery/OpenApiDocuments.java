package io.lateen.manager.api.discovery;

import io.lateen.manager.api.type.ApiCatalog;
import io.lateen.manager.api.type.ApiType;
import io.lateen.manager.store.ObjectType;
import io.lateen.model.schema.OpenApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAPI v3, a document per group and version: the schemas, and the paths with what kubectl looks
 * for in them (which kind they serve, and that {@code fieldValidation} and {@code dryRun} are
 * known). Made once.
 */
final class OpenApiDocuments {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final String GVK = "x-kubernetes-group-version-kind";

    private final Map<String, ObjectNode> documents = new LinkedHashMap<>();
    private final ObjectNode index = NODES.objectNode();

    OpenApiDocuments(ApiCatalog catalog) {
        add(catalog, "", "v1");
        catalog.groups()
                .forEach(
                        (group, versions) ->
                                versions.forEach(version -> add(catalog, group, version)));
        documents.put("lateen/v1", written("/openapi/lateen-v1.json"));
        ObjectNode paths = index.putObject("paths");
        documents.forEach(
                (path, document) ->
                        paths.putObject(path)
                                .put(
                                        "serverRelativeURL",
                                        "/openapi/v3/" + path + "?hash=" + hash(document)));
    }

    /** {@code /openapi/v3}: which documents there are. */
    ObjectNode index() {
        return index;
    }

    /** {@code /openapi/v3/apis/<group>/<version>}, by what follows {@code v3/}. */
    Optional<ObjectNode> document(String path) {
        return Optional.ofNullable(documents.get(path));
    }

    /** A document that is written by hand: what it describes follows no pattern. */
    private static ObjectNode written(String resource) {
        try (InputStream in = OpenApiDocuments.class.getResourceAsStream(resource)) {
            return (ObjectNode) MAPPER.readTree(Objects.requireNonNull(in, resource));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(ApiCatalog catalog, String group, String version) {
        ObjectNode document = NODES.objectNode();
        document.put("openapi", "3.0.0");
        document.putObject("info").put("title", "Lateen").put("version", "v0.1.0");
        ObjectNode paths = document.putObject("paths");
        ObjectNode schemas = document.putObject("components").putObject("schemas");
        OpenApi.schemas(group, version)
                .forEach((name, schema) -> schemas.set(name, MAPPER.valueToTree(schema)));
        for (ApiType type : catalog.types(group, version)) {
            if (type.type().equals(ObjectType.NAMESPACE)) {
                schemas.set("io.k8s.api.core.v1.Namespace", namespaceSchema());
            }
            addPaths(paths, type, version);
        }
        documents.put(
                group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version, document);
    }

    private static void addPaths(ObjectNode paths, ApiType type, String version) {
        String root =
                type.group().isEmpty()
                        ? "/api/" + version
                        : "/apis/" + type.group() + "/" + version;
        String plural = type.names().plural();
        String collection = root + (type.namespaced() ? "/namespaces/{namespace}/" : "/") + plural;
        if (type.namespaced()) {
            operation(paths, root + "/" + plural, "get", "list", type, version);
        }
        operation(paths, collection, "get", "list", type, version);
        operation(paths, collection, "post", "post", type, version);
        if (type.namespaced()) {
            operation(paths, collection, "delete", "deletecollection", type, version);
        }
        String item = collection + "/{name}";
        operation(paths, item, "get", "get", type, version);
        operation(paths, item, "put", "put", type, version);
        operation(paths, item, "patch", "patch", type, version);
        operation(paths, item, "delete", "delete", type, version);
    }

    private static void operation(
            ObjectNode paths,
            String path,
            String method,
            String action,
            ApiType type,
            String version) {
        ObjectNode operation = paths.withObject("/" + path.replace("~", "~0").replace("/", "~1"));
        operation = operation.putObject(method);
        operation.put("operationId", action + version + type.kind() + path.hashCode());
        operation.put("x-kubernetes-action", action);
        operation.set(GVK, gvk(type, version));
        ArrayNode parameters = operation.putArray("parameters");
        for (String name : List.of("namespace", "name")) {
            if (path.contains("{" + name + "}")) {
                parameter(parameters, "path", name).put("required", true);
            }
        }
        for (String name : queryParameters(action)) {
            parameter(parameters, "query", name);
        }
        operation
                .putObject("responses")
                .putObject(action.equals("post") ? "201" : "200")
                .put("description", "OK");
    }

    private static List<String> queryParameters(String action) {
        return switch (action) {
            case "post", "put", "patch" -> List.of("dryRun", "fieldManager", "fieldValidation");
            case "delete" -> List.of("dryRun");
            case "deletecollection" -> List.of("dryRun", "labelSelector", "fieldSelector");
            case "list" ->
                    List.of(
                            "labelSelector",
                            "fieldSelector",
                            "limit",
                            "continue",
                            "resourceVersion",
                            "resourceVersionMatch",
                            "watch",
                            "allowWatchBookmarks",
                            "sendInitialEvents",
                            "timeoutSeconds");
            default -> List.of("resourceVersion");
        };
    }

    private static ObjectNode parameter(ArrayNode parameters, String in, String name) {
        ObjectNode parameter = parameters.addObject();
        parameter.put("name", name).put("in", in);
        parameter.putObject("schema").put("type", "string");
        return parameter;
    }

    private static ObjectNode gvk(ApiType type, String version) {
        return NODES.objectNode()
                .put("group", type.group())
                .put("version", version)
                .put("kind", type.kind());
    }

    private static ObjectNode namespaceSchema() {
        ObjectNode schema = NODES.objectNode();
        schema.put("description", "A room for resources: names are unique within it.");
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("apiVersion").put("type", "string").put("description", "v1.");
        properties.putObject("kind").put("type", "string").put("description", "Namespace.");
        for (String name : List.of("metadata", "spec", "status")) {
            properties.putObject(name).put("type", "object");
        }
        schema.putArray(GVK)
                .addObject()
                .put("group", "")
                .put("version", "v1")
                .put("kind", "Namespace");
        return schema;
    }

    /** Clients keep a document by its hash: it differs when the document does. */
    private static String hash(ObjectNode document) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(document.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

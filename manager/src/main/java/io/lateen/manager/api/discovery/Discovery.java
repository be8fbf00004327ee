package io.lateen.manager.api.discovery;

import io.lateen.manager.api.type.ApiCatalog;
import io.lateen.manager.api.type.ApiType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The discovery documents of Kubernetes' API. */
final class Discovery {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> VERBS =
            List.of(
                    "create",
                    "delete",
                    "deletecollection",
                    "get",
                    "list",
                    "patch",
                    "update",
                    "watch");
    private static final List<String> NAMESPACE_VERBS =
            List.of("create", "delete", "get", "list", "patch", "update", "watch");

    private final ApiCatalog catalog;

    Discovery(ApiCatalog catalog) {
        this.catalog = catalog;
    }

    /** {@code /api}. */
    ObjectNode coreVersions() {
        ObjectNode node = NODES.objectNode();
        node.put("kind", "APIVersions");
        node.putArray("versions").add("v1");
        node.putArray("serverAddressByClientCIDRs");
        return node;
    }

    /** {@code /apis}. */
    ObjectNode groups() {
        ObjectNode node = NODES.objectNode();
        node.put("kind", "APIGroupList").put("apiVersion", "v1");
        ArrayNode groups = node.putArray("groups");
        catalog.groups().forEach((group, versions) -> groups.add(group(group, versions)));
        return node;
    }

    /** {@code /apis/<group>}. */
    Optional<ObjectNode> group(String group) {
        return Optional.ofNullable(catalog.groups().get(group))
                .map(
                        versions -> {
                            ObjectNode node = group(group, versions);
                            node.put("kind", "APIGroup").put("apiVersion", "v1");
                            return node;
                        });
    }

    /** {@code /apis/<group>/<version>}, {@code /api/v1}. */
    Optional<ObjectNode> resources(String group, String version) {
        List<ApiType> types = catalog.types(group, version);
        if (types.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode node = NODES.objectNode();
        node.put("kind", "APIResourceList").put("apiVersion", "v1");
        node.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
        ArrayNode resources = node.putArray("resources");
        for (ApiType type : types) {
            resources.add(resource(type));
            if (type.namespaced()) {
                resources.add(statusResource(type));
            }
        }
        return Optional.of(node);
    }

    /** {@code /api} in aggregated form. */
    ObjectNode aggregatedCore(String version) {
        ObjectNode list = aggregatedList(version);
        list.withArray("items").add(aggregatedGroup("", List.of("v1")));
        return list;
    }

    /** {@code /apis} in aggregated form. */
    ObjectNode aggregatedGroups(String version) {
        ObjectNode list = aggregatedList(version);
        catalog.groups()
                .forEach(
                        (group, versions) ->
                                list.withArray("items").add(aggregatedGroup(group, versions)));
        return list;
    }

    private static ObjectNode aggregatedList(String version) {
        ObjectNode list = NODES.objectNode();
        list.put("kind", "APIGroupDiscoveryList");
        list.put("apiVersion", "apidiscovery.k8s.io/" + version);
        list.putObject("metadata");
        list.putArray("items");
        return list;
    }

    private ObjectNode aggregatedGroup(String group, Collection<String> versions) {
        ObjectNode node = NODES.objectNode();
        ObjectNode metadata = node.putObject("metadata");
        if (!group.isEmpty()) {
            metadata.put("name", group);
        }
        metadata.putNull("creationTimestamp");
        ArrayNode list = node.putArray("versions");
        for (String version : versions) {
            ObjectNode entry = list.addObject();
            entry.put("version", version);
            ArrayNode resources = entry.putArray("resources");
            catalog.types(group, version)
                    .forEach(type -> resources.add(aggregatedResource(type, version)));
            entry.put("freshness", "Current");
        }
        return node;
    }

    private static ObjectNode aggregatedResource(ApiType type, String version) {
        ObjectNode node = NODES.objectNode();
        node.put("resource", type.names().plural());
        node.set("responseKind", kind(type, version));
        node.put("scope", type.namespaced() ? "Namespaced" : "Cluster");
        node.put("singularResource", type.names().singular());
        strings(node.putArray("verbs"), verbs(type));
        strings(node.putArray("shortNames"), type.names().shortNames());
        strings(node.putArray("categories"), type.names().categories());
        if (type.namespaced()) {
            ObjectNode status = node.putArray("subresources").addObject();
            status.put("subresource", "status");
            status.set("responseKind", kind(type, version));
            status.putArray("verbs").add("get");
        }
        return node;
    }

    private static ObjectNode kind(ApiType type, String version) {
        return NODES.objectNode()
                .put("group", type.group())
                .put("version", version)
                .put("kind", type.kind());
    }

    private static ObjectNode resource(ApiType type) {
        ObjectNode node = NODES.objectNode();
        node.put("name", type.names().plural());
        node.put("singularName", type.names().singular());
        node.put("namespaced", type.namespaced());
        node.put("kind", type.kind());
        strings(node.putArray("verbs"), verbs(type));
        strings(node.putArray("shortNames"), type.names().shortNames());
        strings(node.putArray("categories"), type.names().categories());
        return node;
    }

    private static ObjectNode statusResource(ApiType type) {
        ObjectNode node = NODES.objectNode();
        node.put("name", type.names().plural() + "/status").put("singularName", "");
        node.put("namespaced", type.namespaced()).put("kind", type.kind());
        node.putArray("verbs").add("get");
        return node;
    }

    private static ObjectNode group(String group, SequencedSet<String> versions) {
        ObjectNode node = NODES.objectNode();
        node.put("name", group);
        ArrayNode list = node.putArray("versions");
        versions.forEach(version -> list.add(groupVersion(group, version)));
        node.set("preferredVersion", groupVersion(group, versions.getFirst()));
        return node;
    }

    private static ObjectNode groupVersion(String group, String version) {
        return NODES.objectNode()
                .put("groupVersion", group + "/" + version)
                .put("version", version);
    }

    private static List<String> verbs(ApiType type) {
        return type.namespaced() ? VERBS : NAMESPACE_VERBS;
    }

    private static void strings(ArrayNode node, List<String> texts) {
        texts.forEach(node::add);
    }
}

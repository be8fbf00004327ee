package io.lateen.manager.api.object;

import io.lateen.manager.api.document.ObjectDocuments;
import io.lateen.manager.api.http.ApiRequest;
import io.lateen.manager.api.http.RequestBody;
import io.lateen.manager.api.patch.InapplicablePatch;
import io.lateen.manager.api.patch.JsonPatch;
import io.lateen.manager.api.patch.MergePatch;
import io.lateen.manager.api.status.Cause;
import io.lateen.manager.api.status.Refusal;
import io.lateen.manager.api.type.ApiType;
import io.lateen.manager.store.ObjectType;
import io.lateen.manager.store.StoredObject;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The patches that are understood, told apart by their media type. */
sealed interface PatchKind {

    /** The object as it would be with the patch applied. */
    ObjectNode apply(ApiType type, String version, StoredObject current);

    /** Reads the patch in a body. */
    static PatchKind of(RequestBody body, ApiRequest request) {
        return switch (body.mediaType()) {
            case "application/merge-patch+json" ->
                    new Merge(body.object(RequestBody.Duplicates.REFUSED));
            case "application/json-patch+json" ->
                    new Operations(body.node(RequestBody.Duplicates.REFUSED));
            case "application/strategic-merge-patch+json" -> strategic(body, request.type());
            case "application/apply-patch+yaml" ->
                    throw Refusal.unsupportedMediaType(
                            "Content-Type: found application/apply-patch+yaml, expected"
                                    + " application/merge-patch+json or"
                                    + " application/json-patch+json: server-side apply is not"
                                    + " supported yet; leave out --server-side, kubectl apply works"
                                    + " without it");
            default -> throw unsupported(body.mediaType());
        };
    }

    /**
     * A namespace has nothing but maps, which a strategic merge merges as a merge patch does,
     * unless it carries directives. Other types have lists of which no merge key is known, as
     * custom resources in Kubernetes.
     */
    private static PatchKind strategic(RequestBody body, ApiType type) {
        ObjectNode patch = body.object(RequestBody.Duplicates.REFUSED);
        if (!type.type().equals(ObjectType.NAMESPACE) || hasDirective(patch)) {
            throw unsupported(body.mediaType());
        }
        return new Merge(patch);
    }

    private static boolean hasDirective(JsonNode node) {
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (entry.getKey().startsWith("$") || hasDirective(entry.getValue())) {
                return true;
            }
        }
        return false;
    }

    private static Refusal unsupported(String mediaType) {
        return Refusal.unsupportedMediaType(
                "Content-Type: found "
                        + mediaType
                        + ", expected application/merge-patch+json or"
                        + " application/json-patch+json; with kubectl: --type=merge, --type=json");
    }

    /** RFC 7386. */
    record Merge(ObjectNode patch) implements PatchKind {
        @Override
        public ObjectNode apply(ApiType type, String version, StoredObject current) {
            ObjectNode document = ObjectDocuments.json(type, version, current);
            return PatchKind.asObject(MergePatch.apply(document, patch));
        }
    }

    /** RFC 6902. */
    record Operations(JsonNode patch) implements PatchKind {
        public Operations {
            if (!(patch instanceof ArrayNode)) {
                throw Refusal.badRequest("the patch: found no list, expected a list of operations");
            }
        }

        @Override
        public ObjectNode apply(ApiType type, String version, StoredObject current) {
            try {
                return PatchKind.asObject(
                        JsonPatch.apply(ObjectDocuments.json(type, version, current), patch));
            } catch (InapplicablePatch e) {
                throw Refusal.invalid(
                        type.qualifiedKind(),
                        type.subject(current.key().name()),
                        List.of(Cause.invalid("", "the patch: " + e.getMessage())));
            }
        }
    }

    private static ObjectNode asObject(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.badRequest("the patch: found no object as its result, expected one");
    }
}

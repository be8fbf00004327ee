package io.lateen.manager.api.discovery;

import io.lateen.manager.api.http.Answer;
import io.lateen.manager.api.http.Json;
import io.lateen.manager.api.status.Refusal;
import io.lateen.manager.api.type.ApiCatalog;
import java.util.Optional;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Answers what clients ask before anything else. Thread-safe. */
public final class DiscoveryHandler {
    private final Discovery discovery;
    private final OpenApiDocuments documents;

    /** Describes the types of a catalog. */
    public DiscoveryHandler(ApiCatalog catalog) {
        this.discovery = new Discovery(catalog);
        this.documents = new OpenApiDocuments(catalog);
    }

    /** {@code /version}: the Kubernetes version whose API this is, for clients that adapt to it. */
    public ServerResponse version(ServerRequest request) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("major", "1").put("minor", "32").put("gitVersion", "v1.32.0+lateen-0.1.0");
        node.put("gitCommit", "").put("gitTreeState", "").put("buildDate", "1970-01-01T00:00:00Z");
        node.put("goVersion", "").put("compiler", "javac").put("platform", "java");
        return Answer.json(node);
    }

    /** {@code /livez}, {@code /readyz}, {@code /healthz}: who reads this is served. */
    public ServerResponse alive(ServerRequest request) {
        return ServerResponse.ok().contentType(MediaType.TEXT_PLAIN).body("ok");
    }

    /** {@code /api}. */
    public ServerResponse core(ServerRequest request) {
        return aggregated(request)
                .map(version -> aggregatedAnswer(discovery.aggregatedCore(version), version))
                .orElseGet(() -> Answer.json(discovery.coreVersions()));
    }

    /** {@code /apis}. */
    public ServerResponse groups(ServerRequest request) {
        return aggregated(request)
                .map(version -> aggregatedAnswer(discovery.aggregatedGroups(version), version))
                .orElseGet(() -> Answer.json(discovery.groups()));
    }

    /** {@code /apis/<group>}. */
    public ServerResponse group(ServerRequest request) {
        return found(request, discovery.group(request.pathVariable("group")));
    }

    /** {@code /apis/<group>/<version>} and {@code /api/<version>}. */
    public ServerResponse resources(ServerRequest request) {
        String group = request.pathVariables().getOrDefault("group", "");
        return found(request, discovery.resources(group, request.pathVariable("version")));
    }

    /** {@code /openapi/v3}. */
    public ServerResponse openApiIndex(ServerRequest request) {
        return Answer.json(documents.index());
    }

    /** {@code /openapi/v3/apis/<group>/<version>}. */
    public ServerResponse openApi(ServerRequest request) {
        String path = request.path().substring("/openapi/v3/".length());
        return found(request, documents.document(path));
    }

    private static ServerResponse found(ServerRequest request, Optional<ObjectNode> document) {
        return Answer.json(document.orElseThrow(() -> Refusal.noSuchPath(request.path())));
    }

    /** The version of the aggregated form, if the client would have it. */
    private static Optional<String> aggregated(ServerRequest request) {
        try {
            for (MediaType type :
                    MediaType.parseMediaTypes(
                            String.join(",", request.headers().header("Accept")))) {
                String version = String.valueOf(type.getParameter("v"));
                if ("APIGroupDiscoveryList".equals(type.getParameter("as"))
                        && "apidiscovery.k8s.io".equals(type.getParameter("g"))
                        && (version.equals("v2") || version.equals("v2beta1"))) {
                    return Optional.of(version);
                }
            }
        } catch (InvalidMediaTypeException e) {
            throw Refusal.notAcceptable("Accept: " + e.getMessage());
        }
        return Optional.empty();
    }

    private static ServerResponse aggregatedAnswer(ObjectNode node, String version) {
        return ServerResponse.ok()
                .header(
                        "Content-Type",
                        "application/json;g=apidiscovery.k8s.io;v="
                                + version
                                + ";as=APIGroupDiscoveryList")
                .body(Json.bytes(node));
    }
}

package io.lateen.manager.api.http;

import io.lateen.manager.api.document.ObjectDocuments;
import io.lateen.manager.api.table.Tables;
import io.lateen.manager.store.StoredObject;
import java.time.Instant;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes answers in the form that was asked for. */
public final class Answer {
    private Answer() {}

    /** JSON, whatever was asked for. */
    public static ServerResponse json(JsonNode node) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).body(Json.bytes(node));
    }

    /** One object. */
    public static ServerResponse object(
            ApiRequest request, int code, StoredObject object, List<String> warnings, Instant now) {
        ObjectNode json = ObjectDocuments.json(request.type(), request.version(), object);
        Representation wanted = request.representation();
        ObjectNode body =
                switch (wanted.form()) {
                    case OBJECT -> json;
                    case PARTIAL -> Tables.partial(json);
                    case TABLE -> {
                        ObjectNode table = Tables.table(request.type(), true);
                        table.withObject("metadata")
                                .put("resourceVersion", Long.toString(object.revision()));
                        table.withArray("rows")
                                .add(Tables.row(request.type(), json, included(request), now));
                        yield table;
                    }
                };
        return body(code, body, wanted, warnings);
    }

    /**
     * A list.
     *
     * @param metadata of the list: its revision, and where it goes on
     */
    public static ServerResponse list(
            ApiRequest request,
            List<StoredObject> objects,
            ObjectNode metadata,
            List<String> warnings,
            Instant now) {
        Representation wanted = request.representation();
        List<ObjectNode> documents =
                objects.stream()
                        .map(o -> ObjectDocuments.json(request.type(), request.version(), o))
                        .toList();
        ObjectNode body =
                switch (wanted.form()) {
                    case OBJECT ->
                            list(
                                    request.type().kind() + "List",
                                    request.type().apiVersion(request.version()),
                                    documents);
                    case PARTIAL ->
                            list(
                                    "PartialObjectMetadataList",
                                    "meta.k8s.io/v1",
                                    documents.stream().map(Tables::partial).toList());
                    case TABLE -> {
                        ObjectNode table = Tables.table(request.type(), true);
                        ArrayNode rows = table.withArray("rows");
                        documents.forEach(
                                document ->
                                        rows.add(
                                                Tables.row(
                                                        request.type(),
                                                        document,
                                                        included(request),
                                                        now)));
                        yield table;
                    }
                };
        body.set("metadata", metadata);
        return body(200, body, wanted, warnings);
    }

    /** Kubernetes' answer to a delete that left nothing to show. */
    public static ServerResponse deleted(ApiRequest request, StoredObject object) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        status.putObject("details")
                .put("name", object.key().name())
                .put("group", request.type().group())
                .put("kind", request.type().names().plural())
                .put("uid", object.stamp().uid().toString());
        return body(200, status, new Representation(Representation.Form.OBJECT, false), List.of());
    }

    /** What the rows of a table carry, as the request says. */
    public static Tables.Included included(ApiRequest request) {
        return switch (request.parameter("includeObject")) {
            case "None" -> Tables.Included.NONE;
            case "Object" -> Tables.Included.OBJECT;
            default -> Tables.Included.METADATA;
        };
    }

    private static ObjectNode list(String kind, String apiVersion, List<ObjectNode> items) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.put("kind", kind).put("apiVersion", apiVersion);
        list.putObject("metadata");
        list.putArray("items").addAll(items);
        return list;
    }

    private static ServerResponse body(
            int code, ObjectNode body, Representation wanted, List<String> warnings) {
        return ServerResponse.status(code)
                .header("Content-Type", wanted.contentType())
                .headers(
                        headers ->
                                warnings.forEach(
                                        text ->
                                                headers.add(
                                                        "Warning",
                                                        "299 - \"" + quoted(text) + "\"")))
                .body(wanted.yaml() ? Json.yaml(body) : Json.bytes(body));
    }

    private static String quoted(String text) {
        // A header is one line of ASCII.
        return text.replaceAll("[^\\x20-\\x7e]+", " ").replace("\\", "\\\\").replace("\"", "\\\"");
    }
}

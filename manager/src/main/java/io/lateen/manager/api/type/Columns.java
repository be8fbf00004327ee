package io.lateen.manager.api.type;

import io.lateen.model.resource.Kind;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The columns of each kind, between the name and the age: those of Istio's CRDs, and what became of
 * the resource.
 */
final class Columns {
    private static final Column PROGRAMMED =
            new Column(
                    "Programmed",
                    "string",
                    "Whether the sidecars that it concerns have it in force.",
                    0,
                    object -> condition(object, "Programmed", "status"));
    private static final Column PROGRAMMED_WHY =
            new Column(
                    "Progress",
                    "string",
                    "On how many sidecars it is in force, and what is in the way.",
                    1,
                    object -> condition(object, "Programmed", "message"));
    static final List<Column> NAMESPACE =
            List.of(
                    Column.of(
                            "Status", "Whether the namespace can be used.", 0, "status", "phase"));

    private Columns() {}

    static List<Column> of(Kind kind) {
        List<Column> columns = new ArrayList<>(own(kind));
        columns.add(PROGRAMMED);
        columns.add(PROGRAMMED_WHY);
        return List.copyOf(columns);
    }

    private static List<Column> own(Kind kind) {
        return switch (kind) {
            case VIRTUAL_SERVICE ->
                    List.of(
                            Column.of(
                                    "Gateways",
                                    "The gateways that it applies to.",
                                    0,
                                    "spec",
                                    "gateways"),
                            Column.of("Hosts", "The hosts that it routes.", 0, "spec", "hosts"));
            case DESTINATION_RULE ->
                    List.of(Column.of("Host", "The host that it is about.", 0, "spec", "host"));
            case SERVICE_ENTRY ->
                    List.of(
                            Column.of("Hosts", "The hosts of the service.", 0, "spec", "hosts"),
                            Column.of(
                                    "Location",
                                    "Whether it is part of the mesh.",
                                    0,
                                    "spec",
                                    "location"),
                            Column.of(
                                    "Resolution",
                                    "How its addresses are found.",
                                    0,
                                    "spec",
                                    "resolution"));
            case WORKLOAD_ENTRY ->
                    List.of(Column.of("Address", "The workload's address.", 0, "spec", "address"));
            case GATEWAY ->
                    List.of(
                            Column.of(
                                    "Selector",
                                    "The proxies that serve it.",
                                    0,
                                    "spec",
                                    "selector"));
            case PEER_AUTHENTICATION ->
                    List.of(
                            Column.of(
                                    "Mode",
                                    "What is asked of callers.",
                                    0,
                                    "spec",
                                    "mtls",
                                    "mode"));
            case AUTHORIZATION_POLICY ->
                    List.of(
                            Column.of(
                                    "Action",
                                    "What is done with a call that matches.",
                                    0,
                                    "spec",
                                    "action"));
            case RATE_LIMIT ->
                    List.of(
                            Column.of(
                                    "Service",
                                    "The service whose callers are counted.",
                                    0,
                                    "spec",
                                    "service"));
        };
    }

    private static JsonNode condition(JsonNode object, String type, String field) {
        for (JsonNode condition : object.path("status").path("conditions")) {
            if (condition.path("type").asString("").equals(type)) {
                return condition.path(field);
            }
        }
        return MissingNode.getInstance();
    }
}

package io.lateen.manager.api.table;

import io.lateen.manager.api.type.ApiType;
import io.lateen.manager.api.type.Column;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Objects as a {@code Table} of meta.k8s.io/v1. */
public final class Tables {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Tables() {}

    /** What each row carries of its object, beside the cells. */
    public enum Included {
        NONE,
        METADATA,
        OBJECT
    }

    /** An empty table of a type. */
    public static ObjectNode table(ApiType type, boolean withColumns) {
        ObjectNode table = NODES.objectNode();
        table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata");
        ArrayNode columns = table.putArray("columnDefinitions");
        if (withColumns) {
            columns.add(column("Name", "string", "name", "Name of the object.", 0));
            for (Column column : type.columns()) {
                columns.add(
                        column(
                                column.name(),
                                column.type(),
                                "",
                                column.description(),
                                column.priority()));
            }
            columns.add(column("Age", "string", "", "Time since its creation.", 0));
        }
        table.putArray("rows");
        return table;
    }

    /** The row of an object. */
    public static ObjectNode row(ApiType type, ObjectNode object, Included included, Instant now) {
        ObjectNode row = NODES.objectNode();
        ArrayNode cells = row.putArray("cells");
        JsonNode metadata = object.path("metadata");
        cells.add(metadata.path("name").asString(""));
        for (Column column : type.columns()) {
            cells.add(cell(column.cell().apply(object)));
        }
        cells.add(age(metadata.path("creationTimestamp").asString(""), now));
        switch (included) {
            case NONE -> {}
            case METADATA -> row.set("object", partial(object));
            case OBJECT -> row.set("object", object);
        }
        return row;
    }

    /** An object without anything but its metadata. */
    public static ObjectNode partial(ObjectNode object) {
        ObjectNode partial = NODES.objectNode();
        partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
        return partial;
    }

    private static JsonNode cell(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return NODES.stringNode("");
        }
        // As the API server prints lists and objects of custom resources.
        return value.isContainer() ? NODES.stringNode(value.toString()) : value;
    }

    private static ObjectNode column(
            String name, String type, String format, String description, int priority) {
        ObjectNode column = NODES.objectNode();
        column.put("name", name).put("type", type).put("format", format);
        return column.put("description", description).put("priority", priority);
    }

    private static String age(String created, Instant now) {
        return created.isEmpty() ? "<unknown>" : age(Duration.between(Instant.parse(created), now));
    }

    /** As kubectl prints it: {@code 5s}, {@code 3m20s}, {@code 2h}, {@code 5d}. */
    static String age(Duration age) {
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        long minutes = seconds / 60;
        if (minutes < 10) {
            return minutes + "m" + (seconds % 60 == 0 ? "" : seconds % 60 + "s");
        }
        if (minutes < 180) {
            return minutes + "m";
        }
        long hours = minutes / 60;
        if (hours < 8) {
            return hours + "h" + (minutes % 60 == 0 ? "" : minutes % 60 + "m");
        }
        if (hours < 48) {
            return hours + "h";
        }
        long days = hours / 24;
        if (days < 8) {
            return days + "d" + (hours % 24 == 0 ? "" : hours % 24 + "h");
        }
        return days < 730 ? days + "d" : days / 365 + "y";
    }
}

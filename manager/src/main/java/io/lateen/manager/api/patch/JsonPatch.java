package io.lateen.manager.api.patch;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON patch (RFC 6902): operations in order, all or none. */
public final class JsonPatch {
    /** Kubernetes' limit. */
    private static final int MOST_OPERATIONS = 10_000;

    private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

    private JsonPatch() {}

    /** The document with all operations applied. */
    public static JsonNode apply(JsonNode target, JsonNode patch) throws InapplicablePatch {
        if (!patch.isArray()) {
            throw new InapplicablePatch("found no list, expected a list of operations");
        }
        if (patch.size() > MOST_OPERATIONS) {
            throw new InapplicablePatch(
                    "found " + patch.size() + " operations, expected at most " + MOST_OPERATIONS);
        }
        JsonNode document = target.deepCopy();
        for (int i = 0; i < patch.size(); i++) {
            try {
                document = operate(document, patch.get(i));
            } catch (InapplicablePatch e) {
                throw new InapplicablePatch("operation [" + i + "]: " + e.getMessage());
            }
        }
        return document;
    }

    private static JsonNode operate(JsonNode document, JsonNode operation)
            throws InapplicablePatch {
        String op = text(operation, "op");
        JsonPointer path = JsonPointer.parse(text(operation, "path"));
        return switch (op) {
            case "add" -> add(document, path, value(operation));
            case "remove" -> remove(document, path);
            case "replace" -> replace(document, path, value(operation));
            case "move" -> move(document, JsonPointer.parse(text(operation, "from")), path);
            case "copy" ->
                    add(
                            document,
                            path,
                            find(document, JsonPointer.parse(text(operation, "from"))).deepCopy());
            case "test" -> test(document, path, value(operation));
            default ->
                    throw new InapplicablePatch(
                            "found op '"
                                    + op
                                    + "', expected add, remove, replace, move, copy or test");
        };
    }

    private static JsonNode add(JsonNode document, JsonPointer path, JsonNode value)
            throws InapplicablePatch {
        if (path.isRoot()) {
            return value;
        }
        switch (find(document, path.parent())) {
            case ObjectNode object -> object.set(path.last(), value);
            case ArrayNode array ->
                    array.insert(
                            path.last().equals("-") ? array.size() : index(path, array.size() + 1),
                            value);
            case JsonNode scalar -> throw noContainer(path, scalar);
        }
        return document;
    }

    private static JsonNode remove(JsonNode document, JsonPointer path) throws InapplicablePatch {
        find(document, path);
        if (path.isRoot()) {
            throw new InapplicablePatch("found the whole document, expected a path inside it");
        }
        switch (find(document, path.parent())) {
            case ObjectNode object -> object.remove(path.last());
            case ArrayNode array -> array.remove(index(path, array.size()));
            case JsonNode scalar -> throw noContainer(path, scalar);
        }
        return document;
    }

    private static JsonNode replace(JsonNode document, JsonPointer path, JsonNode value)
            throws InapplicablePatch {
        find(document, path);
        if (path.isRoot()) {
            return value;
        }
        switch (find(document, path.parent())) {
            case ObjectNode object -> object.set(path.last(), value);
            case ArrayNode array -> array.set(index(path, array.size()), value);
            case JsonNode scalar -> throw noContainer(path, scalar);
        }
        return document;
    }

    private static JsonNode move(JsonNode document, JsonPointer from, JsonPointer path)
            throws InapplicablePatch {
        if (path.isBelow(from)) {
            throw new InapplicablePatch("found a move of " + from + " into itself (" + path + ")");
        }
        JsonNode value = find(document, from);
        if (from.equals(path)) {
            return document;
        }
        return add(remove(document, from), path, value);
    }

    private static JsonNode test(JsonNode document, JsonPointer path, JsonNode expected)
            throws InapplicablePatch {
        JsonNode found = find(document, path);
        if (!found.equals(JsonPatch::compare, expected)) {
            throw new InapplicablePatch(
                    "test of " + path + ": found " + found + ", expected " + expected);
        }
        return document;
    }

    /** Numbers are equal by value: 1 and 1.0 are. */
    private static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            BigDecimal left = one.decimalValue();
            return left.compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    private static JsonNode find(JsonNode document, JsonPointer path) throws InapplicablePatch {
        JsonNode at = document;
        for (String token : path.tokens()) {
            JsonNode next =
                    switch (at) {
                        case ObjectNode object -> object.path(token);
                        case ArrayNode array ->
                                INDEX.matcher(token).matches()
                                        ? array.path(Integer.parseInt(token))
                                        : array.path(-1);
                        case JsonNode scalar -> scalar.path(token);
                    };
            if (next.isMissingNode()) {
                throw new InapplicablePatch("found nothing at " + path);
            }
            at = next;
        }
        return at;
    }

    private static int index(JsonPointer path, int size) throws InapplicablePatch {
        String token = path.last();
        if (!INDEX.matcher(token).matches() || Integer.parseInt(token) >= size) {
            throw new InapplicablePatch(
                    "found the index '"
                            + token
                            + "' in "
                            + path
                            + ", expected a number below "
                            + size);
        }
        return Integer.parseInt(token);
    }

    private static String text(JsonNode operation, String field) throws InapplicablePatch {
        JsonNode value = operation.path(field);
        if (!value.isString()) {
            throw new InapplicablePatch("found no text in '" + field + "'");
        }
        return value.stringValue();
    }

    private static JsonNode value(JsonNode operation) throws InapplicablePatch {
        JsonNode value = operation.path("value");
        if (value.isMissingNode()) {
            throw new InapplicablePatch("found no 'value'");
        }
        return value;
    }

    private static InapplicablePatch noContainer(JsonPointer path, JsonNode found) {
        return new InapplicablePatch(
                "found " + found + " above " + path + ", expected an object or a list");
    }
}

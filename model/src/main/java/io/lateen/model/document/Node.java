package io.lateen.model.document;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A value of a document and the path that leads to it. Whatever is asked of it, it answers: what is
 * missing or of another type is simply not there. So a rule can look at the parts of a document
 * that are right while others are wrong, and every fault is found in one pass.
 *
 * @param path as messages show it: {@code spec.http[0].match[1].headers[end-user]}
 * @param value a Map, List, String, Number or Boolean; null where nothing is written
 */
public record Node(String path, @Nullable Object value) {

    private static final int LONGEST_SHOWN = 80;

    /** The whole of a document. */
    public static Node of(Map<String, ?> document) {
        return new Node("", document);
    }

    /** Whether something is written here; an explicit null counts as nothing. */
    public boolean exists() {
        return value != null;
    }

    /** Whether something is written in this field. */
    public boolean has(String field) {
        return get(field).exists();
    }

    /** Whether a text, list or object is written in this field, and is not empty. */
    public boolean hasContent(String field) {
        return switch (get(field).value) {
            case null -> false;
            case String text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }

    /** What is written in a field. */
    public Node get(String field) {
        return new Node(
                path.isEmpty() ? field : path + "." + field,
                value instanceof Map<?, ?> map ? map.get(field) : null);
    }

    /** The node at the end of a chain of fields. */
    public Node get(String first, String... more) {
        Node at = get(first);
        for (String field : more) {
            at = at.get(field);
        }
        return at;
    }

    /** The elements of a list. */
    public List<Node> items() {
        if (!(value instanceof List<?> list)) {
            return List.of();
        }
        List<Node> items = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            items.add(new Node(path + "[" + i + "]", list.get(i)));
        }
        return items;
    }

    /** The elements of the list in a field. */
    public List<Node> items(String field) {
        return get(field).items();
    }

    /** The entries of a map whose keys the user chose. */
    public Map<String, Node> entries() {
        if (!(value instanceof Map<?, ?> map)) {
            return Map.of();
        }
        Map<String, Node> entries = new LinkedHashMap<>();
        map.forEach(
                (key, entry) ->
                        entries.put(key.toString(), new Node(path + "[" + key + "]", entry)));
        return entries;
    }

    /** The entries of the map in a field. */
    public Map<String, Node> entries(String field) {
        return get(field).entries();
    }

    /** The text that is written here. */
    public Optional<String> text() {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The text in a field, or the empty text. */
    public String text(String field) {
        return get(field).text().orElse("");
    }

    /** The whole number that is written here. */
    public OptionalLong integer() {
        return switch (value) {
            case Integer number -> OptionalLong.of(number);
            case Long number -> OptionalLong.of(number);
            case BigInteger number when number.bitLength() < Long.SIZE ->
                    OptionalLong.of(number.longValue());
            case null, default -> OptionalLong.empty();
        };
    }

    /** The number that is written here. */
    public OptionalDouble number() {
        return value instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    /** Whether {@code true} is written in a field. */
    public boolean isTrue(String field) {
        return Boolean.TRUE.equals(get(field).value);
    }

    /** Which of these fields are written. */
    public List<String> present(String... fields) {
        return List.of(fields).stream().filter((Predicate<String>) this::has).toList();
    }

    /** What is written here, as a message shows it: in one line, without control characters. */
    public String shown() {
        return switch (value) {
            case null -> "nothing";
            case String text -> "\"" + printable(text) + "\"";
            case Map<?, ?> map -> map.isEmpty() ? "an empty object" : "an object";
            case List<?> list -> list.isEmpty() ? "an empty list" : "a list";
            default -> value.toString();
        };
    }

    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(LONGEST_SHOWN)
                .forEach(
                        point -> {
                            if (Character.isISOControl(point)) {
                                shown.append(String.format("\\u%04x", point));
                            } else {
                                shown.appendCodePoint(point);
                            }
                        });
        return text.length() > LONGEST_SHOWN ? shown + "..." : shown.toString();
    }
}

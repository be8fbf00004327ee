package io.lateen.model.codec;

import io.lateen.model.validation.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Splits a text into documents of maps, lists and scalars.
 *
 * <p>The YAML engine is used without Jackson's layer above it, which passes over aliases ({@code
 * *name} would become the text "name") and does not say where a fault is.
 *
 * @param documents that could be read; empty ones are left out
 * @param fault in which reading ended; null if it reached the end
 */
record TextDocuments(List<Object> documents, @Nullable Violation fault) {

    /** Copies of one anchor may not blow a small text up to a large document. */
    private static final int MOST_ALIASES = 100;

    private static final int LARGEST_TEXT = 8 * 1024 * 1024;

    /** Deeper than any resource, and far from what a stack can hold. */
    private static final int DEEPEST = 100;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    static TextDocuments read(String text) {
        return json(text).orElseGet(() -> yaml(text));
    }

    /**
     * The documents of a text that is JSON through and through. What only begins like it may be
     * YAML, and what is wrong in it YAML says better, with its line.
     */
    private static Optional<TextDocuments> json(String text) {
        if (!text.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try (MappingIterator<Object> values = JSON.readerFor(Object.class).readValues(text)) {
            return Optional.of(new TextDocuments(values.readAll(), null));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static TextDocuments yaml(String text) {
        LoadSettings settings =
                LoadSettings.builder()
                        .setSchema(new CoreSchema())
                        .setAllowDuplicateKeys(false)
                        .setMaxAliasesForCollections(MOST_ALIASES)
                        .setCodePointLimit(LARGEST_TEXT)
                        .setAllowNonScalarKeys(false)
                        .setLabel("document")
                        .build();
        List<Object> documents = new ArrayList<>();
        try {
            refuseDepth(new Parse(settings).parseString(text));
            for (Object document : new Load(settings).loadAllFromString(text)) {
                if (document != null) {
                    documents.add(new Copy().of(document, 0));
                }
            }
            return new TextDocuments(List.copyOf(documents), null);
        } catch (MarkedYamlEngineException e) {
            String place =
                    e.getProblemMark()
                            .map(TextDocuments::place)
                            .orElse("document " + (documents.size() + 1));
            return new TextDocuments(
                    List.copyOf(documents),
                    new Violation(place, e.getProblem(), "YAML or JSON", ""));
        } catch (YamlEngineException e) {
            String message = e.getMessage();
            return new TextDocuments(
                    List.copyOf(documents),
                    new Violation(
                            "document " + (documents.size() + 1),
                            message == null ? "a text that cannot be read" : message,
                            "YAML or JSON",
                            ""));
        }
    }

    private static String place(Mark mark) {
        return "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    }

    /** Parsing goes by a list, composing by the stack: what is too deep must not get that far. */
    private static void refuseDepth(Iterable<Event> events) {
        int depth = 0;
        for (Event event : events) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                case Alias,
                        Comment,
                        DocumentEnd,
                        DocumentStart,
                        Scalar,
                        StreamEnd,
                        StreamStart -> {}
            }
            if (depth > DEEPEST) {
                throw new ParserException(
                        "values inside one another more than " + DEEPEST + " times",
                        event.getStartMark());
            }
        }
    }

    /**
     * Copies a document's values out: a key that looks like a number or a boolean is still a name
     * ({@code 8080: x}), and what anchors share is there once for each alias. A small text can so
     * stand for more than any memory holds; therefore the copies are counted.
     */
    private static final class Copy {

        private static final int MOST_VALUES = 200_000;

        private int values;

        Object of(Object value, int depth) {
            values++;
            if (values > MOST_VALUES || depth > DEEPEST) {
                throw new YamlEngineException(
                        "more than %d values, or %d inside one another, once anchors are followed"
                                .formatted(MOST_VALUES, DEEPEST));
            }
            return switch (value) {
                case Map<?, ?> map -> {
                    Map<String, @Nullable Object> named = new LinkedHashMap<>();
                    map.forEach(
                            (key, entry) ->
                                    named.put(
                                            String.valueOf(key),
                                            entry == null ? null : of(entry, depth + 1)));
                    yield named;
                }
                case List<?> list -> {
                    List<@Nullable Object> items = new ArrayList<>();
                    list.forEach(item -> items.add(item == null ? null : of(item, depth + 1)));
                    yield items;
                }
                default -> value;
            };
        }
    }
}

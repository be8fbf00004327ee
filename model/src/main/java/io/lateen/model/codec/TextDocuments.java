package io.lateen.model.codec;

import io.lateen.model.validation.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Splits a text into documents of maps, lists and scalars. JSON is read as the YAML that it is.
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

    static TextDocuments read(String text) {
        Load load =
                new Load(
                        LoadSettings.builder()
                                .setSchema(new CoreSchema())
                                .setAllowDuplicateKeys(false)
                                .setMaxAliasesForCollections(MOST_ALIASES)
                                .setCodePointLimit(LARGEST_TEXT)
                                .setAllowNonScalarKeys(false)
                                .setLabel("document")
                                .build());
        List<Object> documents = new ArrayList<>();
        try {
            for (Object document : load.loadAllFromString(text)) {
                if (document != null) {
                    documents.add(withTextKeys(document));
                }
            }
            return new TextDocuments(List.copyOf(documents), null);
        } catch (MarkedYamlEngineException e) {
            String place =
                    e.getProblemMark()
                            .map(
                                    mark ->
                                            "line "
                                                    + (mark.getLine() + 1)
                                                    + ", column "
                                                    + (mark.getColumn() + 1))
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

    /** A key that looks like a number or a boolean is still a name: {@code 8080: x}. */
    private static Object withTextKeys(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> named = new LinkedHashMap<>();
                map.forEach(
                        (key, entry) ->
                                named.put(
                                        String.valueOf(key),
                                        entry == null ? null : withTextKeys(entry)));
                yield named;
            }
            case List<?> list -> {
                List<@Nullable Object> items = new ArrayList<>();
                list.forEach(item -> items.add(item == null ? null : withTextKeys(item)));
                yield items;
            }
            default -> value;
        };
    }
}

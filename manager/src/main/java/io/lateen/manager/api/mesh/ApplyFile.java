package io.lateen.manager.api.mesh;

import io.lateen.manager.api.document.DocumentReader;
import io.lateen.manager.api.document.IncomingObject;
import io.lateen.manager.api.status.Cause;
import io.lateen.manager.api.type.ApiCatalog;
import io.lateen.manager.api.type.ApiType;
import io.lateen.manager.store.ObjectKey;
import io.lateen.model.codec.UnknownFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents of a file.
 *
 * @param entries those that can be written
 * @param causes every fault of every other, each with its document in the field
 */
public record ApplyFile(List<Entry> entries, List<Cause> causes, List<String> warnings) {
    public ApplyFile {
        entries = List.copyOf(entries);
        causes = List.copyOf(causes);
        warnings = List.copyOf(warnings);
    }

    /** One document. */
    public record Entry(ApiType type, ObjectKey key, IncomingObject object) {}

    /** Reads files. Thread-safe. */
    public static final class Reader {
        private final ApiCatalog catalog;
        private final DocumentReader documents;

        /** Knows the types of a catalog. */
        public Reader(ApiCatalog catalog, DocumentReader documents) {
            this.catalog = catalog;
            this.documents = documents;
        }

        ApplyFile read(List<JsonNode> texts, String namespace) {
            var draft = new Draft();
            for (JsonNode text : texts) {
                if (text.path("kind").asString("").equals("List")) {
                    text.path("items").forEach(item -> read(item, namespace, draft));
                } else {
                    read(text, namespace, draft);
                }
            }
            if (draft.count == 0) {
                draft.causes.add(Cause.invalid("", "found no document, expected one or more"));
            }
            return new ApplyFile(draft.entries, draft.causes, draft.warnings);
        }

        private void read(JsonNode node, String namespace, Draft draft) {
            String place = "document[" + ++draft.count + "]";
            Optional<ApiType> type =
                    catalog.ofDocument(
                            node.path("apiVersion").asString(""), node.path("kind").asString(""));
            if (type.isEmpty() || !(node instanceof ObjectNode document)) {
                draft.causes.add(unknownKind(place, node));
                return;
            }
            switch (documents.read(type.get(), document, UnknownFields.REFUSED)) {
                case DocumentReader.Reading.Sound(IncomingObject object) ->
                        draft.add(entry(type.get(), namespace, object), place);
                case DocumentReader.Reading.Faulty(String name, List<Cause> causes) ->
                        causes.forEach(
                                cause -> draft.causes.add(inside(place, type.get(), name, cause)));
            }
        }

        private static Entry entry(ApiType type, String namespace, IncomingObject object) {
            String own = object.namespace().isEmpty() ? namespace : object.namespace();
            String room = type.namespaced() ? own : "";
            return new Entry(type, new ObjectKey(type.type(), room, object.name()), object);
        }

        private static Cause inside(String place, ApiType type, String name, Cause cause) {
            return new Cause(
                    cause.reason(),
                    cause.message(),
                    place + " " + type.kind() + " " + name + ": " + cause.field());
        }

        private Cause unknownKind(String place, JsonNode node) {
            String kinds =
                    catalog.types().stream().map(ApiType::kind).collect(Collectors.joining(", "));
            return Cause.invalid(
                    place + ": kind",
                    "found '"
                            + node.path("kind").asString("")
                            + "' of apiVersion '"
                            + node.path("apiVersion").asString("")
                            + "', expected one of "
                            + kinds
                            + " in a version that is served");
        }
    }

    /** What has been read so far. */
    private static final class Draft {
        private final List<Entry> entries = new ArrayList<>();
        private final List<Cause> causes = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private final Map<ObjectKey, String> places = new HashMap<>();
        private int count;

        void add(Entry entry, String place) {
            String earlier = places.putIfAbsent(entry.key(), place);
            if (earlier != null) {
                causes.add(
                        Cause.invalid(
                                place + ": metadata.name",
                                "found "
                                        + entry.key()
                                        + ", which "
                                        + earlier
                                        + " is too; expected each object once"));
                return;
            }
            entries.add(entry);
            entry.object().warnings().forEach(warning -> warnings.add(place + " " + warning));
        }
    }
}

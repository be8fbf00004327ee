package io.lateen.model.codec;

import io.lateen.model.document.Node;
import io.lateen.model.resource.Kind;
import io.lateen.model.resource.Metadata;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.Spec;
import io.lateen.model.schema.KindSchema;
import io.lateen.model.schema.ObjectSchema;
import io.lateen.model.support.Support;
import io.lateen.model.validation.ResourceRules;
import io.lateen.model.validation.Violation;
import io.lateen.model.validation.Violations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads documents into resources and writes resources as documents. Stateless once made; safe for
 * use by any number of threads.
 *
 * <p>A resource that is written from its record says the same as the document it was read from, in
 * the shortest form: defaults are left out, durations are in seconds. Who must give an author their
 * own text back, as an API server must, keeps {@link Decoded.Accepted#document()} and writes that.
 */
public final class ResourceCodec {

    private final JsonMapper mapper = RecordMapper.create();

    /**
     * Reads every document of a text, YAML or JSON. Empty documents are passed over, and lists in
     * Kubernetes' shape ({@code kind: List}) are read element by element. Where the text itself is
     * broken, the last element says so.
     */
    public List<Decoded> decodeAll(String text, UnknownFields unknownFields) {
        TextDocuments read = TextDocuments.read(text);
        List<Decoded> decoded = new ArrayList<>();
        for (Object document : read.documents()) {
            for (Object element : elements(document)) {
                decoded.add(decodeTree(element, unknownFields, "document " + (decoded.size() + 1)));
            }
        }
        Violation fault = read.fault();
        if (fault != null) {
            decoded.add(new Decoded.Refused(fault.path(), List.of(fault), List.of()));
        }
        return decoded;
    }

    /** Reads every document of a text and refuses unknown fields. */
    public List<Decoded> decodeAll(String text) {
        return decodeAll(text, UnknownFields.REFUSED);
    }

    /**
     * Splits a text, YAML or JSON, into its documents without judging them; empty ones are left out
     * and lists stay lists.
     *
     * @throws MalformedText if the text is broken
     */
    public List<JsonNode> split(String text) throws MalformedText {
        TextDocuments read = TextDocuments.read(text);
        Violation fault = read.fault();
        if (fault != null) {
            throw new MalformedText(fault);
        }
        return read.documents().stream().<JsonNode>map(mapper::valueToTree).toList();
    }

    /** Reads one document. */
    public Decoded decode(JsonNode document, UnknownFields unknownFields) {
        return decodeTree(plain(document), unknownFields, "the document");
    }

    /** Reads one document and refuses unknown fields. */
    public Decoded decode(JsonNode document) {
        return decode(document, UnknownFields.REFUSED);
    }

    /**
     * Reads a spec that was accepted before, such as one from a store: without judging it again.
     *
     * @throws tools.jackson.core.JacksonException if it never was valid
     */
    public Spec decodeSpec(Kind kind, JsonNode spec) {
        Object completed =
                KindSchema.spec(kind).completed(Objects.requireNonNullElse(plain(spec), Map.of()));
        return mapper.convertValue(completed, kind.specType());
    }

    /** Writes a resource in the newest version of its kind. */
    public ObjectNode encode(Resource resource) {
        return encode(
                resource.kind(),
                resource.kind().versions().getFirst(),
                resource.metadata(),
                encodeSpec(resource));
    }

    /**
     * Writes a resource whose spec stands in a tree already, as its author wrote it.
     *
     * @param version one of {@link Kind#versions()}
     */
    public ObjectNode encode(Kind kind, String version, Metadata metadata, JsonNode spec) {
        ObjectNode document = mapper.createObjectNode();
        document.put("apiVersion", kind.group() + "/" + version);
        document.put("kind", kind.kindName());
        document.set("metadata", mapper.valueToTree(MetadataTree.write(metadata)));
        document.set("spec", spec);
        return document;
    }

    /** Writes the spec of a resource, in its shortest form. */
    public JsonNode encodeSpec(Resource resource) {
        Object tree = mapper.convertValue(resource.spec(), Object.class);
        return mapper.valueToTree(KindSchema.spec(resource.kind()).trimmed(tree));
    }

    private @Nullable Object plain(JsonNode node) {
        return mapper.convertValue(node, Object.class);
    }

    private static List<?> elements(Object document) {
        boolean list =
                document instanceof Map<?, ?> map
                        && "List".equals(map.get("kind"))
                        && map.get("items") instanceof List<?>;
        return list
                ? (List<?>) Objects.requireNonNull(((Map<?, ?>) document).get("items"))
                : List.of(document);
    }

    private Decoded decodeTree(@Nullable Object tree, UnknownFields unknownFields, String place) {
        if (!(tree instanceof Map<?, ?>)) {
            Violation violation =
                    new Violation(
                            place,
                            new Node("", tree).shown(),
                            "an object with apiVersion and kind",
                            "");
            return new Decoded.Refused(place, List.of(violation), List.of());
        }
        Violations violations = new Violations();
        Node document = new Node("", UnquotedAddresses.mended(new Node("", tree), violations));
        String subject = subject(document, place);
        Optional<Kind> kind = Kind.of(document.text("apiVersion"), document.text("kind"));
        if (kind.isEmpty()) {
            UnknownKind.refuse(document, violations);
            return new Decoded.Refused(subject, violations.asList(), violations.warnings());
        }
        ObjectSchema schema = KindSchema.document(kind.get());
        Violations unknown = new Violations();
        Object known = schema.known(document, unknown);
        switch (unknownFields) {
            case REFUSED -> unknown.forEach(violations::add);
            case WARNED_OF ->
                    unknown.forEach(
                            violation ->
                                    violations.warn(
                                            violation.path(),
                                            "unknown field, left out; " + violation.mend()));
            case IGNORED -> {}
        }
        Node kept = new Node("", withSpec(kind.get(), known));
        schema.check(kept, violations);
        ResourceRules.check(kept, violations);
        Support.check(kept, violations);
        Metadata metadata = MetadataTree.read(kept.get("metadata"), violations);
        if (!violations.isEmpty()) {
            return new Decoded.Refused(subject, violations.asList(), violations.warnings());
        }
        Object completed = schema.completed(Objects.requireNonNull(kept.value()));
        Object spec = new Node("", completed).get("spec").value();
        Resource resource =
                new Resource(
                        kind.get(), metadata, mapper.convertValue(spec, kind.get().specType()));
        return new Decoded.Accepted(
                subject, resource, mapper.valueToTree(kept.value()), violations.warnings());
    }

    /** A kind whose spec may be absent has an empty one, in which what it requires is missed. */
    private static @Nullable Object withSpec(Kind kind, @Nullable Object document) {
        if (KindSchema.isSpecRequired(kind)
                || !(document instanceof Map<?, ?> map)
                || map.get("spec") != null) {
            return document;
        }
        Map<Object, Object> completed = new LinkedHashMap<>(map);
        completed.put("spec", Map.of());
        return completed;
    }

    private static String subject(Node document, String place) {
        String name = document.get("metadata", "name").text().orElse("");
        String kind = document.text("kind");
        if (kind.isEmpty() || name.isEmpty()) {
            return kind.isEmpty() ? place : kind + " in " + place;
        }
        String namespace = document.get("metadata", "namespace").text().orElse("");
        return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}

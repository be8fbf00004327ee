package io.lateen.manager.api.type;

import io.lateen.manager.api.status.Subject;
import io.lateen.manager.store.ObjectKey;
import io.lateen.manager.store.ObjectType;
import io.lateen.manager.store.ResourceNames;
import io.lateen.model.codec.ResourceCodec;
import io.lateen.model.resource.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/** All types that REST serves. Immutable. */
public final class ApiCatalog {
    private final List<ApiType> types;

    /** A catalog of these types, in the order in which they are shown. */
    public ApiCatalog(List<ApiType> types) {
        this.types = List.copyOf(types);
    }

    /** Namespaces and the mesh's kinds. */
    public static ApiCatalog ofTheMesh(ResourceCodec codec) {
        List<ApiType> types = new ArrayList<>();
        types.add(
                new ApiType(
                        ObjectType.NAMESPACE,
                        List.of("v1"),
                        new TypeNames("namespaces", "namespace", List.of("ns"), List.of()),
                        Columns.NAMESPACE,
                        new NamespaceRules()));
        var rules = new KindRules(codec);
        for (Kind kind : Kind.values()) {
            types.add(
                    new ApiType(
                            ResourceNames.type(kind),
                            kind.versions(),
                            new TypeNames(
                                    kind.plural(),
                                    kind.singular(),
                                    kind.shortNames(),
                                    kind.categories()),
                            Columns.of(kind),
                            rules));
        }
        return new ApiCatalog(types);
    }

    /** All types. */
    public List<ApiType> types() {
        return types;
    }

    /** The types of a group in a version. */
    public List<ApiType> types(String group, String version) {
        return types.stream()
                .filter(type -> type.group().equals(group) && type.versions().contains(version))
                .toList();
    }

    /** Each group but the core group, with its versions, the preferred one first. */
    public Map<String, SequencedSet<String>> groups() {
        Map<String, SequencedSet<String>> groups = new LinkedHashMap<>();
        types.stream()
                .filter(type -> !type.group().isEmpty())
                .forEach(
                        type ->
                                groups.computeIfAbsent(type.group(), g -> new LinkedHashSet<>())
                                        .addAll(type.versions()));
        return groups;
    }

    /** The type at a path. */
    public Optional<ApiType> atPath(String group, String version, String plural) {
        return types(group, version).stream()
                .filter(type -> type.names().plural().equals(plural))
                .findFirst();
    }

    /** The type of a document that says {@code apiVersion} and {@code kind} of itself. */
    public Optional<ApiType> ofDocument(String apiVersion, String kind) {
        return types.stream()
                .filter(type -> type.kind().equals(kind))
                .filter(type -> versions(type).contains(apiVersion))
                .findFirst();
    }

    /**
     * The type that is stored as this one.
     *
     * @throws IllegalStateException when none is: nothing of it can have been written
     */
    public ApiType of(ObjectType stored) {
        return types.stream()
                .filter(type -> type.type().equals(stored))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(stored + " is not served"));
    }

    /** An object as the subject of a status. */
    public Subject subject(ObjectKey key) {
        return of(key.type()).subject(key.name());
    }

    private static Collection<String> versions(ApiType type) {
        return type.versions().stream().map(type::apiVersion).toList();
    }
}

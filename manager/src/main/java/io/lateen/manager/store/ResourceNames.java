package io.lateen.manager.store;

import io.lateen.model.resource.Kind;
import io.lateen.model.resource.ResourceKey;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The mesh's kinds among the store's types. */
public final class ResourceNames {
    private static final Map<Kind, ObjectType> TYPES =
            new EnumMap<>(
                    Stream.of(Kind.values())
                            .collect(
                                    Collectors.toMap(
                                            Function.identity(),
                                            kind ->
                                                    new ObjectType(
                                                            kind.group(), kind.kindName()))));
    private static final Map<ObjectType, Kind> KINDS =
            TYPES.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    private ResourceNames() {}

    /** The type under which a kind is stored. */
    public static ObjectType type(Kind kind) {
        return java.util.Objects.requireNonNull(TYPES.get(kind), "every kind has a type");
    }

    /** The kind of a type: empty for namespaces. */
    public static Optional<Kind> kind(ObjectType type) {
        return Optional.ofNullable(KINDS.get(type));
    }

    /** The key under which a resource is stored. */
    public static ObjectKey key(ResourceKey key) {
        return new ObjectKey(type(key.kind()), key.namespace(), key.name());
    }
}

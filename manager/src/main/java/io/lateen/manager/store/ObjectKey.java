package io.lateen.manager.store;

/**
 * Names one object. Ordered by type, then namespace, then name: the order of lists.
 *
 * @param namespace empty for objects without one
 */
public record ObjectKey(ObjectType type, String namespace, String name)
        implements Comparable<ObjectKey> {

    /** The key of a namespace. */
    public static ObjectKey ofNamespace(String name) {
        return new ObjectKey(ObjectType.NAMESPACE, "", name);
    }

    @Override
    public int compareTo(ObjectKey other) {
        int byType = type.compareTo(other.type);
        if (byType != 0) {
            return byType;
        }
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return type.kind() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}

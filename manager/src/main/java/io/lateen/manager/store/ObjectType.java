package io.lateen.manager.store;

/**
 * What an object is, independent of the version it is asked for in.
 *
 * @param group the API group, empty for Kubernetes' core group
 * @param kind the kind's name, {@code VirtualService}
 */
public record ObjectType(String group, String kind) implements Comparable<ObjectType> {
    /** The one kind of the core group. */
    public static final ObjectType NAMESPACE = new ObjectType("", "Namespace");

    @Override
    public int compareTo(ObjectType other) {
        int byGroup = group.compareTo(other.group);
        return byGroup != 0 ? byGroup : kind.compareTo(other.kind);
    }
}

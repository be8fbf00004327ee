package io.lateen.model.resource;

/**
 * Which resource.
 *
 * @param kind of the resource
 * @param namespace it lives in
 * @param name within kind and namespace
 */
public record ResourceKey(Kind kind, String namespace, String name) {

    /** As messages name it: {@code VirtualService default/reviews}. */
    @Override
    public String toString() {
        return kind.kindName() + " " + namespace + "/" + name;
    }
}

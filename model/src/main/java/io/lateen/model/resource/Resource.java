package io.lateen.model.resource;

/**
 * A rule or a service as a user wrote it, valid and typed.
 *
 * @param kind of the resource
 * @param metadata beside the spec
 * @param spec of the kind's {@link Kind#specType() type}
 */
public record Resource(Kind kind, Metadata metadata, Spec spec) {

    /**
     * Checks what it is made of.
     *
     * @throws IllegalArgumentException if the spec is of another kind
     */
    public Resource {
        if (!kind.specType().isInstance(spec)) {
            throw new IllegalArgumentException(
                    "spec: found "
                            + spec.getClass().getSimpleName()
                            + ", expected "
                            + kind.specType().getSimpleName());
        }
    }

    /** Which resource this is. */
    public ResourceKey key() {
        return new ResourceKey(kind, metadata.namespace(), metadata.name());
    }

    /** The same with other metadata. */
    public Resource withMetadata(Metadata metadata) {
        return new Resource(kind, metadata, spec);
    }
}

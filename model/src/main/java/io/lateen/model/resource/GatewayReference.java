package io.lateen.model.resource;

import org.jspecify.annotations.Nullable;

/**
 * The gateways whose traffic a rule is for: {@code mesh} (every sidecar), {@code name} in the
 * rule's own namespace, or {@code namespace/name}.
 *
 * @param namespace as written; null where the rule's own is meant
 * @param name of the Gateway, or {@code mesh}
 */
public record GatewayReference(@Nullable String namespace, String name) {

    /** The sidecars. */
    public static final GatewayReference MESH = new GatewayReference(null, "mesh");

    /** Reads {@code mesh}, {@code name} or {@code namespace/name}. */
    public static GatewayReference parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new GatewayReference(null, text)
                : new GatewayReference(text.substring(0, slash), text.substring(slash + 1));
    }

    /** Whether sidecars are meant, and no Gateway. */
    public boolean isMesh() {
        return equals(MESH);
    }

    /** The Gateway that is meant by a rule of this namespace. Not for {@link #MESH}. */
    public ResourceKey resolve(String ownNamespace) {
        return new ResourceKey(
                Kind.GATEWAY,
                namespace == null || namespace.equals(".") ? ownNamespace : namespace,
                name);
    }

    @Override
    public String toString() {
        return namespace == null ? name : namespace + "/" + name;
    }
}

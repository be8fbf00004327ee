package io.lateen.model.resource;

import org.jspecify.annotations.Nullable;

/**
 * A resource that a policy is attached to.
 *
 * @param group of the kind; null or empty means the core group
 * @param kind of the resource
 * @param name of the resource
 * @param namespace of the resource; only the policy's own can be meant
 */
public record TargetReference(
        @Nullable String group, String kind, String name, @Nullable String namespace) {}

package io.lateen.manager.snapshot;

import io.lateen.model.resource.ResourceKey;

/**
 * Something about a resource that its author should know: it was stored, and a part of it has no
 * effect or not the effect that was probably meant.
 *
 * @param resource which resource
 * @param path where in it, {@code spec.http[0].route[1].destination.subset}
 * @param message what was expected, what was found, and how to mend it
 */
public record Finding(ResourceKey resource, String path, String message) {}

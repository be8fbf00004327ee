package io.lateen.manager.store;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an object is. The nodes are shared between threads and never changed in place.
 *
 * @param status null until someone has written one
 */
public record Body(JsonNode spec, @Nullable JsonNode status) {

    /** The same content with another status. */
    public Body withStatus(@Nullable JsonNode other) {
        return new Body(spec, other);
    }
}

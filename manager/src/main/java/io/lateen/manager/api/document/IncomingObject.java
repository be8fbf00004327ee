package io.lateen.manager.api.document;

import io.lateen.manager.store.Marks;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A document that has passed every check.
 *
 * @param namespace as the document says; empty if it does not
 * @param precondition what the document says of the state it was made from
 * @param marks without field managers
 * @param warnings for the client
 */
public record IncomingObject(
        String namespace,
        String name,
        Precondition precondition,
        Marks marks,
        JsonNode spec,
        List<String> warnings) {

    public IncomingObject {
        warnings = List.copyOf(warnings);
    }

    /**
     * What must be so for a write to take place.
     *
     * @param uid which object of that name
     * @param revision which state of it
     */
    public record Precondition(Optional<String> uid, Optional<Long> revision) {
        /** Nothing is asked. */
        public static final Precondition NONE =
                new Precondition(Optional.empty(), Optional.empty());
    }
}

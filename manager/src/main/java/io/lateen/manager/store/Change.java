package io.lateen.manager.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One revision: one change of one object.
 *
 * @param before the state before, null if there was none
 * @param after the state after; for a delete the last state, stamped with the delete's revision
 */
public record Change(Action action, @Nullable StoredObject before, StoredObject after) {

    /** The change's revision. */
    public long revision() {
        return after.revision();
    }

    /** The object's state once the change is in: empty when it deletes. */
    public Optional<StoredObject> left() {
        return action == Action.DELETED ? Optional.empty() : Optional.of(after);
    }
}

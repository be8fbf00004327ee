package io.lateen.manager.store;

import java.util.List;

/** What a reader that follows the store gets for the revision it has seen last. */
public sealed interface Changes {

    /** The changes since then, oldest first; empty when the time was up before anything changed. */
    record Next(List<Change> changes, long revision) implements Changes {}

    /**
     * The changes since then are no longer kept.
     *
     * @param oldest the oldest revision from which one can go on
     */
    record Expired(long oldest) implements Changes {}
}

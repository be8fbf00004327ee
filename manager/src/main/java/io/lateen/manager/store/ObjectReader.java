package io.lateen.manager.store;

import java.time.Duration;
import java.util.Optional;

/**
 * Where objects are read: the replica of this process. Reads never wait for PostgreSQL longer than
 * a comparison of the counter takes, and go on from the last known state when it is away.
 */
public interface ObjectReader {

    /** The revision that this process has. */
    long revision();

    /**
     * Asks PostgreSQL for its revision and waits until this process has it.
     *
     * @return false when PostgreSQL does not answer: what is read then may be old
     */
    boolean freshen();

    /** One object, as of {@link #revision()}. */
    Optional<StoredObject> find(ObjectKey key);

    /** All objects of a type, in a namespace or (when empty) in all. */
    Listing list(ObjectType type, String namespace);

    /** The same as it was at an earlier revision; empty when that is no longer known. */
    Optional<Listing> listAt(long revision, ObjectType type, String namespace);

    /**
     * The changes after a revision. Waits until there is one or the time is up.
     *
     * @param limit how many at most
     */
    Changes changesAfter(long revision, int limit, Duration wait) throws InterruptedException;
}

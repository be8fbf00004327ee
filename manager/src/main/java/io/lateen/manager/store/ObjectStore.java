package io.lateen.manager.store;

import java.util.function.Function;

/**
 * Where objects are written. Callers block until the write is committed and the replica of this
 * process shows it, so that whoever wrote reads what was written.
 */
public interface ObjectStore {

    /**
     * Runs a piece of work whose changes are committed together, or not at all when it throws.
     *
     * @param author who writes, for the history
     * @throws StoreUnavailable when PostgreSQL cannot be reached or does not answer in time
     */
    <T> T write(Author author, Function<ObjectTransaction, T> work);

    /** Runs the work to its end as {@link #write} does, and then undoes it: a dry run. */
    <T> T rehearse(Author author, Function<ObjectTransaction, T> work);

    /** Writes for a part of the manager itself. */
    default <T> T write(String actor, Function<ObjectTransaction, T> work) {
        return write(Author.itself(actor), work);
    }
}

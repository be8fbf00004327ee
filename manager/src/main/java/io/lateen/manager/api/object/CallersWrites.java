package io.lateen.manager.api.object;

import io.lateen.access.Caller;
import io.lateen.access.RequestId;
import io.lateen.manager.api.type.ApiCatalog;
import io.lateen.manager.store.Author;
import io.lateen.manager.store.ObjectStore;
import io.lateen.manager.store.ObjectTransaction;
import java.util.function.Function;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * Writes for a caller: in its name, and within what it may. Every write that a request asks for
 * goes through here, so that there is one place to ask. Thread-safe.
 */
public final class CallersWrites {
    private final ObjectStore store;
    private final ApiCatalog catalog;

    /** Writes to a store. */
    public CallersWrites(ObjectStore store, ApiCatalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /**
     * Runs a piece of work whose changes are committed together, or not at all when it throws.
     *
     * @param dryRun whether to undo it after all
     */
    public <T> T run(ServerRequest request, boolean dryRun, Function<ObjectTransaction, T> work) {
        Caller caller = Caller.of(request.servletRequest());
        var author = new Author(caller.actor(), RequestId.of(request.servletRequest()));
        Function<ObjectTransaction, T> guarded =
                transaction -> work.apply(new GuardedTransaction(transaction, caller, catalog));
        return dryRun ? store.rehearse(author, guarded) : store.write(author, guarded);
    }
}

package io.lateen.manager.store;

import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ResourceKey;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The mesh's resources for whoever translates them: typed, consistent at one revision, and quiet
 * about writes that change nothing but a status. Thread-safe.
 */
public interface ResourceFeed {

    /** All live resources and the revision at which they are so, read together. */
    State current();

    /**
     * The last revision that changed a resource's spec, labels or annotations, created or deleted
     * one. A status that is written later does not raise it.
     */
    default long revision() {
        return current().revision();
    }

    /** All live resources; read {@link #current} where the revision matters too. */
    default Map<ResourceKey, Resource> all() {
        return current().resources();
    }

    /**
     * The last revision of the store that this process has seen, writes of statuses and namespaces
     * included: never lower than {@link #revision}. Every revision between the two is in force as
     * soon as {@link #revision} is.
     */
    long head();

    /**
     * Calls {@code revisionCommitted} with {@link #revision} each time it has risen, in order, on
     * the thread that fetched the change: it must not block. Several writes may come as one call.
     */
    void subscribe(Consumer<Long> revisionCommitted);

    /**
     * The mesh's resources at one revision.
     *
     * @param resources immutable
     */
    record State(long revision, Map<ResourceKey, Resource> resources) {
        public State {
            resources = Map.copyOf(resources);
        }
    }
}

package io.lateen.manager.store;

import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ResourceKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The replica as typed resources. {@link #accept} is called by one thread at a time, in order;
 * readers take the state that was published last.
 */
final class ReplicaFeed implements ResourceFeed {
    private final Replica replica;
    private final Function<StoredObject, Optional<Resource>> decoder;
    private final List<Consumer<Long>> subscribers = new CopyOnWriteArrayList<>();
    private final Map<ResourceKey, Resource> resources = new HashMap<>();
    private volatile State state = new State(0, Map.of());

    /**
     * @param decoder reads an object; empty for what is no resource, or one that is set aside
     */
    ReplicaFeed(Replica replica, Function<StoredObject, Optional<Resource>> decoder) {
        this.replica = replica;
        this.decoder = decoder;
    }

    @Override
    public State current() {
        return state;
    }

    @Override
    public long head() {
        return Math.max(replica.revision(), state.revision());
    }

    @Override
    public void subscribe(Consumer<Long> revisionCommitted) {
        subscribers.add(revisionCommitted);
    }

    /** Takes in what the replica has fetched; an empty list asks for everything anew. */
    void accept(List<Change> changes) {
        long revision = changes.isEmpty() ? reread() : apply(changes);
        if (revision == 0 && !changes.isEmpty()) {
            return;
        }
        state = new State(revision, resources);
        subscribers.forEach(subscriber -> subscriber.accept(revision));
    }

    private long reread() {
        resources.clear();
        replica.all()
                .values()
                .forEach(object -> decoder.apply(object).ifPresent(r -> resources.put(r.key(), r)));
        // Not the replica's own: a write of a status is at no proxy, and would never be in force.
        long last = Math.max(state.revision(), replica.lastApplied());
        return Math.min(last, replica.revision());
    }

    /** The last revision that changed a resource, 0 if none did. */
    private long apply(List<Change> changes) {
        long revision = 0;
        for (Change change : changes) {
            Optional<ResourceKey> key = resourceKey(change.after().key());
            if (key.isEmpty() || change.action() == Action.STATUS) {
                continue;
            }
            revision = change.revision();
            resources.remove(key.get());
            change.left().flatMap(decoder).ifPresent(r -> resources.put(r.key(), r));
        }
        return revision;
    }

    private static Optional<ResourceKey> resourceKey(ObjectKey key) {
        return ResourceNames.kind(key.type())
                .map(kind -> new ResourceKey(kind, key.namespace(), key.name()));
    }
}

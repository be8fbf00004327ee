package io.lateen.manager.publish;

import io.lateen.manager.store.ResourceFeed;
import io.lateen.model.resource.Resource;
import io.lateen.model.resource.ResourceKey;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A store's feed that a test writes. */
public final class ScriptedFeed implements ResourceFeed {

    private final List<Consumer<Long>> subscribers = new CopyOnWriteArrayList<>();
    private volatile State state = new State(1, Map.of());

    /** Commits a revision with these resources. */
    public void commit(long revision, Map<ResourceKey, Resource> resources) {
        state = new State(revision, resources);
        subscribers.forEach(subscriber -> subscriber.accept(revision));
    }

    @Override
    public State current() {
        return state;
    }

    @Override
    public long head() {
        return state.revision();
    }

    @Override
    public void subscribe(Consumer<Long> revisionCommitted) {
        subscribers.add(revisionCommitted);
    }
}

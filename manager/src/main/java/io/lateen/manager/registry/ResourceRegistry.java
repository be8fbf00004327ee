package io.lateen.manager.registry;

import io.lateen.manager.snapshot.ServiceCatalog;
import io.lateen.manager.snapshot.ServiceEntries;
import io.lateen.manager.store.ResourceFeed;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The registry of ServiceEntries and WorkloadEntries. It never goes stale by itself: while
 * PostgreSQL is away, the feed stays where it is.
 */
public final class ResourceRegistry implements ServiceRegistry {

    private record Known(long revision, ServiceCatalog catalog) {}

    private final ResourceFeed feed;

    /** The catalog of the last revision that was asked for; written by any reader. */
    private final AtomicReference<Known> known =
            new AtomicReference<>(new Known(-1, ServiceCatalog.EMPTY));

    /** The registry of what {@code feed} brings. */
    public ResourceRegistry(ResourceFeed feed) {
        this.feed = feed;
    }

    @Override
    public String name() {
        return "resources";
    }

    @Override
    public RegistryReading read() {
        ResourceFeed.State state = feed.current();
        Known last = known.get();
        if (last.revision() != state.revision()) {
            last = new Known(state.revision(), ServiceEntries.catalog(state.resources().values()));
            known.set(last);
        }
        return RegistryReading.fresh(last.catalog());
    }

    @Override
    public void subscribe(Runnable changed) {
        feed.subscribe(_ -> changed.run());
    }
}

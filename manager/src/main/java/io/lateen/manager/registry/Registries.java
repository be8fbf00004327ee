package io.lateen.manager.registry;

import io.lateen.manager.fleet.Fleet;
import io.lateen.manager.store.ResourceFeed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** The registries of a manager, those of its settings included, in the order of their weight. */
public final class Registries implements AutoCloseable {

    private final List<ServiceRegistry> all;
    private final Optional<FileRegistry> file;

    /**
     * The registries of resources, of sidecars, and of a file if one is given.
     *
     * @param domain the mesh's domain
     */
    public Registries(ResourceFeed feed, Fleet fleet, Optional<Path> file, String domain) {
        this.file = file.map(path -> new FileRegistry(path, domain));
        List<ServiceRegistry> registries = new ArrayList<>();
        registries.add(new ResourceRegistry(feed));
        registries.add(new SidecarRegistry(fleet));
        this.file.ifPresent(registries::add);
        this.all = List.copyOf(registries);
    }

    /** All of them. */
    public List<ServiceRegistry> all() {
        return all;
    }

    /** Reads what has to be read before the first snapshot, then follows it. */
    public void start(ScheduledExecutorService scheduler) {
        file.ifPresent(registry -> registry.start(scheduler));
    }

    @Override
    public void close() {
        file.ifPresent(FileRegistry::close);
    }
}

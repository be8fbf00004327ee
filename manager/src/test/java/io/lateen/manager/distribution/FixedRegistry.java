package io.lateen.manager.distribution;

import io.lateen.manager.registry.RegistryReading;
import io.lateen.manager.registry.ServiceRegistry;
import io.lateen.manager.snapshot.ServiceCatalog;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A registry that says what a test tells it. */
final class FixedRegistry implements ServiceRegistry {

    private final List<Runnable> subscribers = new CopyOnWriteArrayList<>();
    private volatile ServiceCatalog catalog = ServiceCatalog.EMPTY;

    void become(ServiceCatalog next) {
        catalog = next;
        subscribers.forEach(Runnable::run);
    }

    @Override
    public String name() {
        return "fixed";
    }

    @Override
    public RegistryReading read() {
        return RegistryReading.fresh(catalog);
    }

    @Override
    public void subscribe(Runnable changed) {
        subscribers.add(changed);
    }
}

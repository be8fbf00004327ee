package io.lateen.manager.publish;

import io.lateen.manager.registry.MergedRegistries;
import io.lateen.manager.registry.ServiceRegistry;
import io.lateen.manager.snapshot.MeshSnapshot;
import io.lateen.manager.store.ResourceFeed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one loop from a change to the pushes it causes. Any thread says that something changed; the
 * loop's own thread gathers, reads the feeds, builds, publishes and delivers. While it delivers,
 * further changes gather: however fast they come, no proxy is behind by more than one snapshot.
 */
public final class PublishLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PublishLoop.class);

    /**
     * What a mesh is made of.
     *
     * @param feed of resources
     * @param registries of services
     * @param rootNamespace where policies for the whole mesh live
     */
    public record Sources(
            ResourceFeed feed, List<ServiceRegistry> registries, String rootNamespace) {

        public Sources {
            registries = List.copyOf(registries);
        }
    }

    private final Sources sources;
    private final Debounce debounce;
    private final SnapshotHolder holder;
    private final ConnectedProxies proxies;
    private final PublishMetrics metrics;
    private final InstantSource clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** When the first and the last of the changes not acted upon came; guarded by the lock. */
    private Optional<Instant> first = Optional.empty();

    private long firstNanos;
    private long lastNanos;
    private boolean closed;

    private final Thread thread = Thread.ofPlatform().daemon().name("publish").unstarted(this::run);

    /** A loop that has not begun. */
    public PublishLoop(
            Sources sources,
            Debounce debounce,
            SnapshotHolder holder,
            ConnectedProxies proxies,
            PublishMetrics metrics,
            InstantSource clock) {
        this.sources = sources;
        this.debounce = debounce;
        this.holder = holder;
        this.proxies = proxies;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Publishes the first snapshot before it returns, then follows the feeds. */
    public void start() {
        sources.feed().subscribe(_ -> changed("config"));
        sources.registries().forEach(registry -> registry.subscribe(() -> changed("service")));
        publish(clock.instant());
        thread.start();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void changed(String trigger) {
        metrics.triggered(trigger);
        lock.lock();
        try {
            lastNanos = System.nanoTime();
            if (first.isEmpty()) {
                first = Optional.of(clock.instant());
                firstNanos = lastNanos;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            Optional<Instant> since = gather();
            while (since.isPresent()) {
                publish(since.get());
                since = gather();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a change and the end of its gathering; empty when the loop is closed. */
    private Optional<Instant> gather() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                if (first.isEmpty()) {
                    changed.await();
                    continue;
                }
                long wait = debounce.dueNanos(firstNanos, lastNanos) - System.nanoTime();
                if (wait > 0) {
                    changed.awaitNanos(wait);
                    continue;
                }
                Optional<Instant> since = first;
                first = Optional.empty();
                return since;
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void publish(Instant since) {
        try {
            // Resources first: the registry of resources may then be newer than they are, and the
            // snapshot that follows at once mends it; the other way round it would name services
            // of a revision that it says it is past.
            ResourceFeed.State state = sources.feed().current();
            MergedRegistries services = MergedRegistries.read(sources.registries());
            Optional<Published> before = holder.current();
            if (before.isPresent() && isOld(before.get(), state, services)) {
                return;
            }
            Published next =
                    new Published(
                            before.map(Published::serial).orElse(0L) + 1,
                            new MeshSnapshot(
                                    state.revision(),
                                    state.resources(),
                                    services.catalog(),
                                    sources.rootNamespace()),
                            services.problems(),
                            since);
            holder.publish(next);
            proxies.deliver(next);
            metrics.published(next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // A snapshot that cannot be built is a bug; the mesh goes on with the last one.
            log.error("The snapshot could not be published; the last one stays", e);
        }
    }

    private static boolean isOld(
            Published before, ResourceFeed.State state, MergedRegistries services) {
        return before.snapshot().revision() == state.revision()
                && before.snapshot().services().equals(services.catalog())
                && before.problems().equals(services.problems());
    }
}

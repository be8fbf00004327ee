package io.lateen.manager.registry;

import io.lateen.manager.snapshot.ServiceCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry of a file, read again when it has changed. A file that is gone, empty or faulty
 * leaves the last good content in place, marked stale and with every fault named.
 *
 * <p>The file is looked at every second rather than watched: a watch says nothing on network file
 * systems, and on the symbolic links by which Kubernetes swaps a ConfigMap.
 */
public final class FileRegistry implements ServiceRegistry, AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Logger log = LoggerFactory.getLogger(FileRegistry.class);

    private final Path file;
    private final String domain;
    private final List<Runnable> subscribers = new CopyOnWriteArrayList<>();

    /** The text that was read last, good or not; touched by {@link #look} alone. */
    private @Nullable String text;

    /** Written by {@link #look} alone, read by any thread. */
    private volatile RegistryReading reading =
            new RegistryReading(ServiceCatalog.EMPTY, List.of(), true);

    private @Nullable ScheduledFuture<?> looking;

    /** The registry of {@code file}, not read yet. */
    public FileRegistry(Path file, String domain) {
        this.file = file;
        this.domain = domain;
    }

    /** Reads the file, and from then on looks at it on {@code scheduler}. */
    public void start(ScheduledExecutorService scheduler) {
        look();
        looking =
                scheduler.scheduleWithFixedDelay(
                        this::look, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        if (looking != null) {
            looking.cancel(false);
        }
    }

    @Override
    public String name() {
        return "file";
    }

    @Override
    public RegistryReading read() {
        return reading;
    }

    @Override
    public void subscribe(Runnable changed) {
        subscribers.add(changed);
    }

    /** Reads the file if it has changed. One thread at a time. */
    void look() {
        String now;
        try {
            now = Files.readString(file);
        } catch (IOException e) {
            text = null;
            become(stale(List.of("the file cannot be read: " + e)));
            return;
        }
        if (now.equals(text)) {
            return;
        }
        text = now;
        switch (ServicesFile.read(now, "file " + file.getFileName(), domain)) {
            case ServicesFile.Outcome.Read read -> become(RegistryReading.fresh(read.catalog()));
            case ServicesFile.Outcome.Faulty faulty -> become(stale(faulty.faults()));
        }
    }

    private RegistryReading stale(List<String> faults) {
        List<String> said = faults.stream().map(fault -> file + ": " + fault).toList();
        return new RegistryReading(reading.catalog(), said, true);
    }

    private void become(RegistryReading next) {
        if (next.equals(reading)) {
            return;
        }
        if (next.stale()) {
            log.warn(
                    "The file of services is faulty; its last good content stays faults=\"{}\"",
                    next.problems());
        } else {
            log.info(
                    "The file of services is read file={} services={} endpoints={}",
                    file,
                    next.catalog().services().size(),
                    next.catalog().endpoints().size());
        }
        reading = next;
        subscribers.forEach(Runnable::run);
    }
}

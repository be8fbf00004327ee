package io.lateen.sidecar.ads;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * When what is in force is saved: soon after a change, so that a sidecar that is killed comes back
 * with it, and not so often that saving is what the sidecar does. A change after a quiet time is
 * saved 50 ms later, together with those that come with it; the next no sooner than a second, and
 * twenty times what saving took, after the last. Confined to the configuration thread.
 */
public final class LastGoodSaving {
    /** Clusters, endpoints, listeners and routes of one change come one after the other. */
    static final Duration GATHERED = Duration.ofMillis(50);

    static final Duration APART = Duration.ofSeconds(1);

    /** Saving takes no more than a twentieth of the configuration thread's time. */
    private static final long SHARE = 20;

    private final LastGoodFile file;
    private final BiConsumer<Runnable, Duration> timer;
    private final LongSupplier nanos;
    private final LongSupplier millis;
    private @Nullable AcceptedResources unsaved;
    private long revision;
    private boolean waiting;
    private long notBefore;

    /**
     * @param timer runs something on the configuration thread after a time
     * @param nanos a clock for intervals
     * @param millis the epoch's
     */
    public LastGoodSaving(
            LastGoodFile file,
            BiConsumer<Runnable, Duration> timer,
            LongSupplier nanos,
            LongSupplier millis) {
        this.file = file;
        this.timer = timer;
        this.nanos = nanos;
        this.millis = millis;
        notBefore = nanos.getAsLong();
    }

    /** Something else is in force: it is saved soon. */
    public void changed(AcceptedResources resources, long itsRevision) {
        unsaved = resources;
        revision = itsRevision;
        if (!waiting) {
            waiting = true;
            long pause = Math.max(GATHERED.toNanos(), notBefore - nanos.getAsLong());
            timer.accept(this::due, Duration.ofNanos(pause));
        }
    }

    private void due() {
        waiting = false;
        now();
    }

    /** Saves what is not saved yet. A sidecar that ends does not wait for its time. */
    public void now() {
        AcceptedResources resources = unsaved;
        if (resources == null) {
            return;
        }
        unsaved = null;
        long begin = nanos.getAsLong();
        file.save(resources, revision, millis.getAsLong());
        long end = nanos.getAsLong();
        notBefore = end + Math.max(APART.toNanos(), SHARE * (end - begin));
    }

    /** What was saved last, if anything may be believed. */
    public Optional<LastGoodFile.Saved> load() {
        return file.load();
    }

    /** The same units for a scheduler's {@code schedule}. */
    public static BiConsumer<Runnable, Duration> on(ScheduledExecutorService thread) {
        return (work, after) -> {
            var _ = thread.schedule(work, after.toNanos(), TimeUnit.NANOSECONDS);
        };
    }
}

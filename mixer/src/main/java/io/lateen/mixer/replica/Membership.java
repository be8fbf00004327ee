package io.lateen.mixer.replica;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Says every second that this mixer is alive, and looks who else is. While PostgreSQL is away it
 * goes by whom it saw last.
 */
public final class Membership implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Membership.class);

    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Three times in a row must be missed. */
    private static final Duration ALIVE = Duration.ofMillis(3_500);

    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private final OwnPlace place;
    private final ReplicaRows rows;
    private final Members members;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("membership").factory());
    private boolean failing;
    private volatile boolean running;

    Membership(OwnPlace place, ReplicaRows rows, Members members) {
        this.place = place;
        this.rows = rows;
        this.members = members;
    }

    @Override
    public void start() {
        running = true;
        Optional<Replica> self = place.now();
        if (self.isEmpty()) {
            log.warn(
                    "Other mixers cannot reach this one, which counts by itself; where there are"
                            + " several, say --lateen.replica.address.");
            return;
        }
        // At once: whoever is asked must know who counts.
        look(self.get());
        var _ =
                thread.scheduleWithFixedDelay(
                        () -> look(self.get()),
                        EVERY.toMillis(),
                        EVERY.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void look(Replica self) {
        try {
            rows.seen(self);
            rows.forget(FORGOTTEN);
            List<Replica> living = rows.living(ALIVE);
            if (living.size() != members.count()) {
                log.info("The mixers that share the counting are these. replicas={}", living);
            }
            members.are(living);
            failing = false;
        } catch (DataAccessException e) {
            if (!failing) {
                log.warn(
                        "PostgreSQL does not say which mixers there are; going by those that were"
                                + " seen last. reason={}",
                        e.getMostSpecificCause().getMessage());
            }
            failing = true;
        } catch (RuntimeException e) {
            log.error("Looking for other mixers failed by a defect; it is tried again.", e);
        }
    }

    /** Says that it ends, so that others take over before questions fail. */
    @Override
    public void stop() {
        running = false;
        thread.shutdownNow();
        try {
            place.now().map(Replica::id).ifPresent(rows::gone);
        } catch (DataAccessException e) {
            log.info("The other mixers will find out by themselves that this one has gone.");
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        // The last to begin, when the server listens, and the first to end, while it still does.
        return Integer.MAX_VALUE;
    }
}

package io.lateen.manager.programmed;

import io.lateen.manager.fleet.Fleet;
import io.lateen.manager.snapshot.Finding;
import io.lateen.manager.store.Condition;
import io.lateen.manager.store.ResourceFeed;
import io.lateen.manager.store.StatusWriter;
import io.lateen.manager.store.StoreUnavailable;
import io.lateen.model.resource.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the conditions of resources, at the one manager that has the {@link Leadership}. */
public final class ConditionLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ConditionLoop.class);
    private static final Duration EVERY = Duration.ofMillis(250);
    private static final int AT_ONCE = 500;

    private final Fleet fleet;
    private final ResourceFeed feed;
    private final RevisionsInForce revisions;
    private final StatusWriter writer;
    private final Leadership leadership;
    private final InstantSource clock;
    private final ConditionPlan plan = new ConditionPlan();
    private volatile boolean closed;
    private final Thread thread = Thread.ofVirtual().name("conditions").unstarted(this::run);

    ConditionLoop(
            Fleet fleet,
            ResourceFeed feed,
            RevisionsInForce revisions,
            StatusWriter writer,
            Leadership leadership,
            InstantSource clock) {
        this.fleet = fleet;
        this.feed = feed;
        this.revisions = revisions;
        this.writer = writer;
        this.leadership = leadership;
        this.clock = clock;
    }

    /** Begins to follow. */
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (leadership) {
            while (!closed) {
                Thread.sleep(EVERY);
                try {
                    turn();
                } catch (RuntimeException e) {
                    log.error("Conditions were not written this time", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() {
        if (!leadership.isHeld()) {
            plan.forget();
            return;
        }
        Instant now = clock.instant();
        Map<ResourceKey, List<Finding>> findings =
                fleet.findings().stream().collect(Collectors.groupingBy(Finding::resource));
        Map<ResourceKey, List<Condition>> due =
                plan.due(feed.current().resources(), revisions::standing, findings, now, AT_ONCE);
        if (due.isEmpty()) {
            return;
        }
        try {
            writer.write(due);
            plan.written(due, now);
        } catch (StoreUnavailable e) {
            log.debug("Conditions wait until PostgreSQL is back", e);
        }
    }
}

package io.lateen.portal.events;

import io.lateen.portal.caller.Grants;
import io.lateen.portal.graph.Graphs;
import io.lateen.portal.mesh.MeshReadings;
import io.lateen.portal.mesh.TrafficWindow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;

/**
 * Looks once a second what has changed, for each scope that somebody listens to, and tells. Nobody
 * listening, it waits and asks no backend anything. One virtual thread.
 */
final class EventLoop implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final MeshReadings readings;
    private final Graphs graphs;
    private final Clock clock;
    private final Map<String, Channel> channels = new ConcurrentHashMap<>();
    private final Semaphore wanted = new Semaphore(0);
    private volatile Thread thread = new Thread();

    EventLoop(MeshReadings readings, Graphs graphs, Clock clock) {
        this.readings = readings;
        this.graphs = graphs;
        this.clock = clock;
    }

    /** Joins the events of a scope. */
    Flux<Stamped> join(Grants grants, @Nullable Long after) {
        Instant now = clock.instant();
        Channel channel =
                channels.computeIfAbsent(grants.scopeKey(), _ -> new Channel(grants, now));
        Flux<Stamped> events = channel.join(after, now);
        wanted.release();
        return events;
    }

    @Override
    public void start() {
        thread = Thread.ofVirtual().name("events").start(this::loop);
    }

    private void loop() {
        try {
            while (true) {
                if (channels.isEmpty()) {
                    wanted.acquire();
                }
                look();
                // A page that has just come is told at once.
                if (wanted.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    wanted.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        Instant now = clock.instant();
        channels.values().removeIf(channel -> channel.isLeft(now));
        for (Channel channel : channels.values()) {
            try {
                channel.tell(changes(channel), now);
            } catch (RuntimeException e) {
                log.warn("events could not be put together; tried again in a second", e);
            }
        }
    }

    private List<MeshEvent> changes(Channel channel) {
        Grants grants = channel.grants();
        Changes changes = channel.changes();
        List<MeshEvent> events = new ArrayList<>();
        readings.writes().ifPresent(all -> events.addAll(changes.writes(all, grants)));
        readings.sidecars(grants).flatMap(changes::sidecars).ifPresent(events::add);
        graphs.look(TrafficWindow.FIVE_MINUTES, grants)
                .flatMap(changes::graph)
                .ifPresent(events::add);
        readings.certificates(grants).flatMap(changes::certificates).ifPresent(events::add);
        return events;
    }

    @Override
    public void stop() {
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }
}

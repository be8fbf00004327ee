package io.lateen.portal.events;

import io.lateen.portal.caller.Grants;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * The events for everybody who may see the same, kept for two minutes so that a stream that broke
 * goes on where it was. Guarded by itself.
 */
final class Channel {
    private static final Duration KEPT = Duration.ofMinutes(2);
    private static final int KEPT_AT_MOST = 500;
    private static final int BEHIND_AT_MOST = 256;

    private final Grants grants;
    private final Changes changes = new Changes();
    private final Deque<Stamped> ring = new ArrayDeque<>();
    private final List<Sinks.Many<Stamped>> listeners = new ArrayList<>();
    private long last;
    private Instant usedAt;

    Channel(Grants grants, Instant now) {
        this.grants = grants;
        this.usedAt = now;
    }

    Grants grants() {
        return grants;
    }

    /** What has been told, for the loop alone. */
    Changes changes() {
        return changes;
    }

    /**
     * Joins.
     *
     * @param after the number of the last event that the page had; null when it has just come, and
     *     is told how things are
     */
    synchronized Flux<Stamped> join(@Nullable Long after, Instant now) {
        usedAt = now;
        Sinks.Many<Stamped> sink =
                Sinks.many()
                        .unicast()
                        .onBackpressureBuffer(
                                new ArrayBlockingQueue<>(BEHIND_AT_MOST + KEPT_AT_MOST));
        if (after == null) {
            changes.now().forEach(event -> sink.tryEmitNext(new Stamped(last, now, event)));
        } else if (after > last || after < last - ring.size()) {
            sink.tryEmitNext(
                    new Stamped(last, now, new MeshEvent.Resync("what was missed is not kept")));
        } else {
            ring.stream().filter(event -> event.number() > after).forEach(sink::tryEmitNext);
        }
        listeners.add(sink);
        return sink.asFlux().doFinally(_ -> leave(sink));
    }

    /**
     * Tells everybody. Who is too far behind is let go: it comes back and is told what it missed.
     */
    synchronized void tell(List<MeshEvent> events, Instant now) {
        for (MeshEvent event : events) {
            var stamped = new Stamped(++last, now, event);
            ring.addLast(stamped);
            listeners.removeIf(
                    listener -> {
                        boolean behind = listener.tryEmitNext(stamped).isFailure();
                        if (behind) {
                            listener.tryEmitComplete();
                        }
                        return behind;
                    });
        }
        while (!ring.isEmpty()
                && (ring.size() > KEPT_AT_MOST || ring.getFirst().at().isBefore(now.minus(KEPT)))) {
            ring.removeFirst();
        }
        if (!listeners.isEmpty()) {
            usedAt = now;
        }
    }

    /** Whether nobody has listened for as long as events are kept. */
    synchronized boolean isLeft(Instant now) {
        return listeners.isEmpty() && usedAt.isBefore(now.minus(KEPT));
    }

    private synchronized void leave(Sinks.Many<Stamped> sink) {
        listeners.remove(sink);
    }
}

package io.lateen.portal.session;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Who waits at this replica for the end of which session. Thread-safe. */
final class Endings {
    private final Map<String, Set<Sinks.Empty<Void>>> waiting = new ConcurrentHashMap<>();

    /** Completes when the session is ended here. */
    Mono<Void> of(String handle) {
        return Mono.defer(
                () -> {
                    Sinks.Empty<Void> sink = Sinks.empty();
                    waiting.compute(
                            handle,
                            (_, sinks) -> {
                                Set<Sinks.Empty<Void>> all =
                                        sinks == null ? ConcurrentHashMap.newKeySet() : sinks;
                                all.add(sink);
                                return all;
                            });
                    return sink.asMono().doFinally(_ -> leave(handle, sink));
                });
    }

    /** The session has ended. */
    void ended(String handle) {
        Set<Sinks.Empty<Void>> sinks = waiting.remove(handle);
        if (sinks != null) {
            sinks.forEach(Sinks.Empty::tryEmitEmpty);
        }
    }

    private void leave(String handle, Sinks.Empty<Void> sink) {
        waiting.computeIfPresent(
                handle,
                (_, sinks) -> {
                    sinks.remove(sink);
                    return sinks.isEmpty() ? null : sinks;
                });
    }
}

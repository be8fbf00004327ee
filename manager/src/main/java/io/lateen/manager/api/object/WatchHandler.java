package io.lateen.manager.api.object;

import io.lateen.manager.api.http.ApiRequest;
import io.lateen.manager.api.status.Refusal;
import io.lateen.manager.store.Changes;
import io.lateen.manager.store.Listing;
import io.lateen.manager.store.ObjectReader;
import io.lateen.manager.store.StoredObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.web.servlet.function.ServerResponse;

/** Begins watches: from a revision that the client has seen, or from what is there now. */
final class WatchHandler {
    private static final long SHORTEST_SECONDS = 1800;

    private final ObjectReader reader;
    private final WatchGate gate;
    private final Clock clock;

    WatchHandler(ObjectReader reader, WatchGate gate, Clock clock) {
        this.reader = reader;
        this.gate = gate;
        this.clock = clock;
    }

    ServerResponse watch(ApiRequest request) {
        var events = new WatchEvents(request, clock);
        boolean bookmarks = request.flag("allowWatchBookmarks");
        boolean initial = request.flag("sendInitialEvents");
        long revision = request.number("resourceVersion").orElse(0L);
        // Not all at once: a manager that comes back must not meet all its watchers each half hour.
        long seconds =
                request.number("timeoutSeconds")
                        .filter(n -> n > 0)
                        .orElseGet(
                                () ->
                                        ThreadLocalRandom.current()
                                                .nextLong(SHORTEST_SECONDS, 2 * SHORTEST_SECONDS));
        List<StoredObject> present = List.of();
        if (revision == 0 || initial) {
            reader.freshen();
            Listing listing = reader.list(request.type().type(), request.namespace());
            present = listing.objects().stream().filter(events::selects).toList();
            revision = listing.revision();
        } else {
            requireKept(revision);
        }
        var plan =
                new WatchStream.Plan(
                        revision,
                        present,
                        Duration.ofSeconds(seconds),
                        bookmarks,
                        initial && bookmarks);
        return new WatchStream(reader, gate, events, plan);
    }

    private void requireKept(long revision) {
        if (revision > reader.revision()) {
            reader.freshen();
        }
        try {
            if (reader.changesAfter(revision, 0, Duration.ZERO)
                    instanceof Changes.Expired(long oldest)) {
                throw Refusal.expired(
                        "too old resource version: found "
                                + revision
                                + ", expected "
                                + oldest
                                + " to "
                                + reader.revision()
                                + "; list anew");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("the manager is stopping");
        }
    }
}

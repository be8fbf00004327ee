package io.lateen.manager.api.object;

import io.lateen.manager.api.http.Json;
import io.lateen.manager.api.status.Refusal;
import io.lateen.manager.store.Change;
import io.lateen.manager.store.Changes;
import io.lateen.manager.store.ObjectReader;
import io.lateen.manager.store.StoredObject;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of a watch: one JSON object per line, flushed as soon as there is nothing more to say.
 * It keeps a cursor and no queue, so a slow watcher costs no memory: one that falls behind the
 * window is told that its revision has expired, and lists anew.
 */
final class WatchStream implements ServerResponse {
    private static final Logger log = LoggerFactory.getLogger(WatchStream.class);
    private static final int BATCH = 100;
    private static final Duration BREATH = Duration.ofSeconds(1);
    private static final Duration BOOKMARK_EVERY = Duration.ofSeconds(60);

    private final ObjectReader reader;
    private final WatchGate gate;
    private final WatchEvents events;
    private final Plan plan;
    private final HttpHeaders headers = new HttpHeaders();

    WatchStream(ObjectReader reader, WatchGate gate, WatchEvents events, Plan plan) {
        this.reader = reader;
        this.gate = gate;
        this.events = events;
        this.plan = plan;
        headers.set("Content-Type", "application/json");
        headers.set("Cache-Control", "no-cache, private");
    }

    /**
     * How a watch runs.
     *
     * @param revision that the watcher has seen once the initial objects are sent
     * @param initial objects to send first
     * @param bookmarks whether the watcher takes them
     * @param endOfInitial whether to mark the end of the initial objects
     */
    record Plan(
            long revision,
            List<StoredObject> initial,
            Duration length,
            boolean bookmarks,
            boolean endOfInitial) {}

    @Override
    public HttpStatusCode statusCode() {
        return HttpStatus.OK;
    }

    @Override
    public HttpHeaders headers() {
        return headers;
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
        return new LinkedMultiValueMap<>();
    }

    @Override
    public @Nullable ModelAndView writeTo(
            HttpServletRequest request, HttpServletResponse response, Context context)
            throws IOException {
        response.setStatus(HttpServletResponse.SC_OK);
        headers.forEach((name, values) -> values.forEach(v -> response.setHeader(name, v)));
        OutputStream out = response.getOutputStream();
        try {
            // The watcher learns at once that its watch stands.
            response.flushBuffer();
            run(out);
        } catch (IOException e) {
            log.debug("a watcher went away", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    private void run(OutputStream out) throws IOException, InterruptedException {
        for (StoredObject object : plan.initial()) {
            write(out, events.initial(object));
        }
        long revision = plan.revision();
        if (plan.endOfInitial()) {
            write(out, events.bookmark(revision, true));
        }
        out.flush();
        long end = System.nanoTime() + plan.length().toNanos();
        long bookmarkAt = System.nanoTime() + BOOKMARK_EVERY.toNanos();
        while (gate.isRunning() && System.nanoTime() < end) {
            Duration wait = Duration.ofNanos(Math.min(BREATH.toNanos(), end - System.nanoTime()));
            switch (reader.changesAfter(revision, BATCH, wait)) {
                case Changes.Expired(long oldest) -> {
                    String message =
                            "too old resource version: "
                                    + revision
                                    + " ("
                                    + oldest
                                    + "); list anew";
                    write(out, WatchEvents.error(Refusal.expired(message).status()));
                    out.flush();
                    return;
                }
                case Changes.Next(List<Change> changes, long seen) -> {
                    if (send(out, changes)) {
                        out.flush();
                    }
                    revision = seen;
                }
            }
            if (plan.bookmarks() && System.nanoTime() >= bookmarkAt) {
                write(out, events.bookmark(revision, false));
                out.flush();
                bookmarkAt = System.nanoTime() + BOOKMARK_EVERY.toNanos();
            }
        }
        if (plan.bookmarks()) {
            write(out, events.bookmark(revision, false));
        }
    }

    private boolean send(OutputStream out, List<Change> changes) throws IOException {
        boolean sent = false;
        for (Change change : changes) {
            Optional<ObjectNode> event = events.of(change);
            if (event.isPresent()) {
                write(out, event.get());
                sent = true;
            }
        }
        return sent;
    }

    private static void write(OutputStream out, ObjectNode event) throws IOException {
        out.write(Json.bytes(event));
        out.write('\n');
    }
}

package io.lateen.portal.events;

import io.lateen.portal.caller.Caller;
import io.lateen.portal.problem.Refusal;
import io.lateen.portal.session.StreamLife;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;

/** {@code GET /api/v1/events}: one stream of server-sent events for a browser. */
@RestController
final class EventsController {
    private static final int PER_SESSION = 4;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final EventLoop loop;
    private final StreamLife life;
    private final String run;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    /**
     * The endpoint.
     *
     * @param run names this run of the portal: numbers of another run mean nothing here
     */
    EventsController(EventLoop loop, StreamLife life, String run) {
        this.loop = loop;
        this.life = life;
        this.run = run;
    }

    /**
     * The stream. It begins with how things are, or goes on after {@code Last-Event-ID}; a comment
     * comes every fifteen seconds; {@code resync} says that something was missed, {@code ended}
     * that the session is over.
     *
     * @param topics {@code graph,config,proxies,certificates}; empty for all
     */
    @GetMapping(path = "/api/v1/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<MeshEvent>> streamEvents(
            @RequestParam(defaultValue = "") String topics,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            @AuthenticationPrincipal Caller caller,
            ServerWebExchange exchange) {
        Set<Topic> wanted = Topic.parse(topics);
        exchange.getResponse().getHeaders().set("X-Accel-Buffering", "no");
        return Flux.defer(() -> stream(wanted, lastEventId, caller));
    }

    private Flux<ServerSentEvent<MeshEvent>> stream(
            Set<Topic> wanted, @Nullable String lastEventId, Caller caller) {
        if (open.merge(caller.session(), 1, Integer::sum) > PER_SESSION) {
            close(caller);
            return Flux.error(tooMany());
        }
        Flux<ServerSentEvent<MeshEvent>> events =
                loop.join(caller.grants(), after(lastEventId))
                        .filter(stamped -> isWanted(stamped.event(), wanted))
                        .map(this::sent);
        Flux<ServerSentEvent<MeshEvent>> heartbeat =
                Flux.interval(Duration.ZERO, HEARTBEAT)
                        .onBackpressureDrop()
                        .map(
                                _ ->
                                        ServerSentEvent.<MeshEvent>builder()
                                                .comment("")
                                                .retry(RETRY)
                                                .build());
        Flux<ServerSentEvent<MeshEvent>> ended =
                life.untilEndOf(caller)
                        .thenMany(
                                Flux.just(
                                        ServerSentEvent.<MeshEvent>builder(
                                                        new MeshEvent.Ended(
                                                                "the session has ended"))
                                                .event("ended")
                                                .build()));
        // The stream is over when the channel lets it go, or with the session's end.
        return Flux.merge(events.materialize(), heartbeat.materialize(), ended.materialize())
                .takeUntil(signal -> !signal.isOnNext())
                .<ServerSentEvent<MeshEvent>>dematerialize()
                .doFinally(_ -> close(caller));
    }

    private static boolean isWanted(MeshEvent event, Set<Topic> wanted) {
        return switch (event) {
            case MeshEvent.GraphChanged _ -> wanted.contains(Topic.GRAPH);
            case MeshEvent.ConfigChanged _ -> wanted.contains(Topic.CONFIG);
            case MeshEvent.ProxiesChanged _ -> wanted.contains(Topic.PROXIES);
            case MeshEvent.CertificatesChanged _ -> wanted.contains(Topic.CERTIFICATES);
            case MeshEvent.Resync _, MeshEvent.Ended _ -> true;
        };
    }

    private ServerSentEvent<MeshEvent> sent(Stamped stamped) {
        return ServerSentEvent.builder(stamped.event())
                .id(run + "-" + stamped.number())
                .event(stamped.event().event())
                .build();
    }

    /** The number in an id of this run; of another run one that nobody has, so that it resyncs. */
    private @Nullable Long after(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isEmpty()) {
            return null;
        }
        int dash = lastEventId.lastIndexOf('-');
        if (dash < 0 || !lastEventId.substring(0, dash).equals(run)) {
            return Long.MAX_VALUE;
        }
        try {
            return Long.parseLong(lastEventId.substring(dash + 1));
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private void close(Caller caller) {
        open.computeIfPresent(caller.session(), (_, count) -> count <= 1 ? null : count - 1);
    }

    private static Refusal tooMany() {
        return new Refusal(
                HttpStatus.TOO_MANY_REQUESTS,
                "events.too-many",
                Map.of("most", Integer.toString(PER_SESSION)),
                "the session has " + PER_SESSION + " streams open already; close one");
    }
}

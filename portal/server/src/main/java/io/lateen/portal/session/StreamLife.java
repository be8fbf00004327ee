package io.lateen.portal.session;

import io.lateen.portal.caller.Caller;
import io.lateen.portal.store.Blocking;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * How long a stream may go on: until its session ends. It hears so at once when the session was
 * ended at this replica, within fifteen seconds when it was ended at another or by itself.
 */
public final class StreamLife {
    private static final Duration LOOKED_AT_EVERY = Duration.ofSeconds(15);

    private final Endings endings;
    private final Sessions sessions;
    private final Blocking blocking;

    StreamLife(Endings endings, Sessions sessions, Blocking blocking) {
        this.endings = endings;
        this.sessions = sessions;
        this.blocking = blocking;
    }

    /** Completes when the caller's session has ended. */
    public Mono<Void> untilEndOf(Caller caller) {
        Mono<Void> seen =
                Flux.interval(LOOKED_AT_EVERY)
                        .onBackpressureDrop()
                        // The database is away: the stream goes on, as the page does.
                        .concatMap(
                                _ ->
                                        blocking.call(() -> sessions.holds(caller.session()))
                                                .onErrorReturn(true))
                        .filter(holds -> !holds)
                        .next()
                        .then();
        return Mono.firstWithSignal(endings.of(caller.session()), seen);
    }
}

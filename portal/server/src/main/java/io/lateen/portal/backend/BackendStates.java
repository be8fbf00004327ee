package io.lateen.portal.backend;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether each backend answers, and since when. Whoever calls one says what came of it; a change is
 * logged once. Thread-safe.
 */
public final class BackendStates {
    private static final Logger log = LoggerFactory.getLogger(BackendStates.class);

    private final BackendSettings settings;
    private final Clock clock;
    private final Map<Backend, Source> states = new ConcurrentHashMap<>();

    BackendStates(BackendSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        Arrays.stream(Backend.values()).forEach(backend -> states.put(backend, first(backend)));
    }

    /** It has answered. */
    public void answered(Backend backend) {
        Instant now = clock.instant();
        states.compute(
                backend,
                (_, before) -> {
                    boolean turned = before == null || before.state() != Source.State.UP;
                    if (turned && before != null && before.since() != null) {
                        log.info("a backend answers again backend={}", backend.wireName());
                    }
                    Instant since = turned || before == null ? now : before.since();
                    return new Source(backend, Source.State.UP, since, now, null);
                });
    }

    /** It has not. */
    public void failed(Backend backend, String message) {
        Instant now = clock.instant();
        states.compute(
                backend,
                (_, before) -> {
                    boolean turned =
                            before == null
                                    || before.state() != Source.State.AWAY
                                    || before.since() == null;
                    if (turned) {
                        log.warn(
                                "a backend does not answer backend={} found={}",
                                backend.wireName(),
                                message);
                    }
                    return new Source(
                            backend,
                            Source.State.AWAY,
                            turned || before == null ? now : before.since(),
                            before == null ? null : before.asOf(),
                            message);
                });
    }

    /** How it is. */
    public Source source(Backend backend) {
        return states.getOrDefault(backend, first(backend));
    }

    /** How several are. */
    public List<Source> sources(Backend... backends) {
        return Arrays.stream(backends).map(this::source).toList();
    }

    private Source first(Backend backend) {
        return settings.url(backend).isPresent()
                ? new Source(backend, Source.State.AWAY, null, null, "not asked yet")
                : new Source(backend, Source.State.UNSET, null, null, null);
    }
}

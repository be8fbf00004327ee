package io.lateen.manager.access;

import io.lateen.access.Caller;
import io.lateen.access.TokenBook;
import io.lateen.access.TokenHash;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Recognises tokens. One that was recognised is remembered for a while, so that reads go on while
 * PostgreSQL is away; a token that is not known is asked for each time, and refused when nobody can
 * answer. Thread-safe.
 */
public final class Tokens implements TokenBook {
    private static final Logger log = LoggerFactory.getLogger(Tokens.class);
    private static final int REMEMBERED_AT_MOST = 10_000;

    /** After this the database is asked again; it is also how late a withdrawal takes effect. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final AccessTokenRepository repository;
    private final Clock clock;
    private final Map<String, Known> remembered = new ConcurrentHashMap<>();

    Tokens(AccessTokenRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * Accepts a token from now on.
     *
     * @param caller with one role, everywhere
     */
    public void accept(String token, Caller caller) {
        String hash = TokenHash.of(token);
        if (repository.findByHash(hash).isEmpty()) {
            repository.save(new AccessToken(hash, caller, clock.instant()));
        }
    }

    @Override
    public Optional<Caller> recognise(String token) {
        String hash = TokenHash.of(token);
        Known known = remembered.get(hash);
        long now = clock.millis();
        if (known != null && now - known.atMillis() < FRESH.toMillis()) {
            return Optional.of(known.caller());
        }
        try {
            Optional<Caller> caller = repository.findByHash(hash).map(AccessToken::caller);
            caller.ifPresentOrElse(
                    found -> remember(hash, new Known(found, now)), () -> remembered.remove(hash));
            return caller;
        } catch (DataAccessException | TransactionException e) {
            log.debug("a token could not be looked up", e);
            return Optional.ofNullable(known).map(Known::caller);
        }
    }

    private void remember(String hash, Known known) {
        if (remembered.size() >= REMEMBERED_AT_MOST) {
            remembered.clear();
        }
        remembered.put(hash, known);
    }

    private record Known(Caller caller, long atMillis) {}
}

package io.lateen.manager.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Makes tokens and recognises them. A token that was recognised is remembered for a while, so that
 * reads go on while PostgreSQL is away; a token that is not known is asked for each time, and
 * refused when nobody can answer. Thread-safe.
 */
public final class Tokens {
    private static final Logger log = LoggerFactory.getLogger(Tokens.class);
    private static final int BYTES = 32;
    private static final int REMEMBERED_AT_MOST = 10_000;

    /** After this the database is asked again; it is also how late a withdrawal takes effect. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final AccessTokenRepository repository;
    private final SecureRandom random;
    private final Clock clock;
    private final Map<String, Known> remembered = new ConcurrentHashMap<>();

    Tokens(AccessTokenRepository repository, SecureRandom random, Clock clock) {
        this.repository = repository;
        this.random = random;
        this.clock = clock;
    }

    /** A new token of 256 random bits, not yet accepted. */
    String draw() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Accepts a token from now on. */
    public void accept(String token, Caller caller) {
        String hash = hash(token);
        if (repository.findByHash(hash).isEmpty()) {
            repository.save(new AccessToken(hash, caller, clock.instant()));
        }
    }

    /** Whose token this is; empty when it is nobody's. */
    public Optional<Caller> recognise(String token) {
        String hash = hash(token);
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

    private static String hash(String token) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private record Known(Caller caller, long atMillis) {}
}

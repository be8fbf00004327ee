package io.lateen.access;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import java.io.IOException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys with which the portal signs, by their id. Fetched when first asked for, again when they
 * are older than five minutes, and when a key is asked for that is not among them — but never more
 * than once in ten seconds, however many tokens name keys that do not exist. While the portal does
 * not answer, the last keys that it gave stay good. Thread-safe; one thread fetches, the others
 * wait for what it finds only if they have nothing to go by.
 */
final class SigningKeys {
    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration AT_MOST_EVERY = Duration.ofSeconds(10);

    /** Where a key set is got from. */
    @FunctionalInterface
    interface Source {
        /** The key set as JSON (RFC 7517). */
        String fetch() throws IOException;
    }

    private final Source source;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();

    /** Replaced whole under the lock; read by all. */
    private volatile Known known = new Known(Map.of(), Instant.EPOCH);

    /** When it was last tried, with whatever result; guarded by the lock. */
    private Instant tried = Instant.EPOCH;

    SigningKeys(Source source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** The key of an id; empty if the portal has no such key, or has never been reached. */
    Optional<ECKey> find(String id) {
        Known current = known;
        ECKey key = current.keys().get(id);
        if (key == null || clock.instant().isAfter(current.at().plus(FRESH))) {
            refresh(key == null);
            key = known.keys().get(id);
        }
        return Optional.ofNullable(key);
    }

    private void refresh(boolean needed) {
        if (needed) {
            fetching.lock();
        } else if (!fetching.tryLock()) {
            return;
        }
        try {
            Instant now = clock.instant();
            if (now.isBefore(tried.plus(AT_MOST_EVERY))) {
                return;
            }
            tried = now;
            known = new Known(usable(JWKSet.parse(source.fetch())), now);
        } catch (IOException | ParseException e) {
            log.warn(
                    "the portal's keys cannot be fetched; {} known ones stay good cause={}",
                    known.keys().size(),
                    e.toString());
        } finally {
            fetching.unlock();
        }
    }

    /** Public keys for ES256 alone: whatever else the set holds cannot be confused with one. */
    private static Map<String, ECKey> usable(JWKSet set) {
        Map<String, ECKey> keys = new HashMap<>();
        for (JWK jwk : set.getKeys()) {
            boolean meant =
                    (jwk.getKeyUse() == null || KeyUse.SIGNATURE.equals(jwk.getKeyUse()))
                            && (jwk.getAlgorithm() == null
                                    || JWSAlgorithm.ES256.equals(jwk.getAlgorithm()));
            if (meant
                    && jwk.getKeyID() != null
                    && jwk instanceof ECKey key
                    && Curve.P_256.equals(key.getCurve())) {
                keys.put(key.getKeyID(), key.toPublicJWK());
            }
        }
        return Map.copyOf(keys);
    }

    private record Known(Map<String, ECKey> keys, Instant at) {}
}

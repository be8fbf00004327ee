package io.lateen.portal.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.lateen.portal.secret.Seal;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The keys that sign tokens, in the database, their private halves sealed. A replica signs with the
 * newest that it can open and draws one when there is none; a key signs for a month and stays
 * published for a day more. Thread-safe.
 */
final class SigningKeys {
    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);
    private static final String PURPOSE = "signing-key/";
    private static final Duration SIGNS_FOR = Duration.ofDays(30);
    private static final Duration PUBLISHED_FOR = SIGNS_FOR.plusDays(1);
    private static final Duration READ_EVERY = Duration.ofSeconds(2);

    private final JdbcClient jdbc;
    private final Seal seal;
    private final Clock clock;
    private final AtomicReference<@Nullable Current> current = new AtomicReference<>();
    private final AtomicReference<@Nullable Published> published = new AtomicReference<>();

    SigningKeys(JdbcClient jdbc, Seal seal, Clock clock) {
        this.jdbc = jdbc;
        this.seal = seal;
        this.clock = clock;
    }

    private record Current(ECKey key, Instant until) {}

    private record Published(List<ECKey> keys, Instant at) {}

    /** Makes sure that there is a key to sign with. */
    void ensure() {
        signing();
    }

    /** The key to sign with. */
    ECKey signing() {
        Current now = current.get();
        if (now == null || !clock.instant().isBefore(now.until())) {
            now = stored().orElseGet(this::draw);
            current.set(now);
        }
        return now.key();
    }

    /** Every key by which a token may be signed now, public halves alone. */
    List<ECKey> published() {
        Published now = published.get();
        if (now != null && clock.instant().isBefore(now.at().plus(READ_EVERY))) {
            return now.keys();
        }
        try {
            now = new Published(read(), clock.instant());
            published.set(now);
        } catch (DataAccessException e) {
            // The database is away: those known last are good still.
            log.debug("the signing keys could not be read", e);
        }
        return now == null ? List.of(signing().toPublicJWK()) : now.keys();
    }

    private List<ECKey> read() {
        return jdbc.sql("select public_jwk from signing_key where created_at > :since")
                .param("since", Timestamp.from(clock.instant().minus(PUBLISHED_FOR)))
                .query((row, _) -> parsed(row.getString(1)))
                .list();
    }

    private Optional<Current> stored() {
        List<Current> usable = new ArrayList<>();
        jdbc.sql(
                        """
                        select kid, sealed, created_at from signing_key
                        where created_at > :since order by created_at desc
                        """)
                .param("since", Timestamp.from(clock.instant().minus(SIGNS_FOR)))
                .query(
                        row -> {
                            Instant until =
                                    row.getTimestamp("created_at").toInstant().plus(SIGNS_FOR);
                            seal.open(row.getBytes("sealed"), PURPOSE + row.getString("kid"))
                                    .map(plain -> new String(plain, StandardCharsets.UTF_8))
                                    .map(SigningKeys::parsed)
                                    .ifPresent(key -> usable.add(new Current(key, until)));
                        });
        return usable.stream().findFirst();
    }

    private Current draw() {
        Instant now = clock.instant();
        String kid = UUID.randomUUID().toString();
        try {
            ECKey key =
                    new ECKeyGenerator(Curve.P_256)
                            .keyID(kid)
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(com.nimbusds.jose.JWSAlgorithm.ES256)
                            .generate();
            jdbc.sql(
                            """
                            insert into signing_key (kid, public_jwk, sealed, created_at)
                            values (:kid, cast(:jwk as jsonb), :sealed, :at)
                            """)
                    .param("kid", kid)
                    .param("jwk", key.toPublicJWK().toJSONString())
                    .param(
                            "sealed",
                            seal.seal(
                                    key.toJSONString().getBytes(StandardCharsets.UTF_8),
                                    PURPOSE + kid))
                    .param("at", Timestamp.from(now))
                    .update();
            published.set(null);
            log.info("a key for signing tokens was drawn kid={}", kid);
            return new Current(key, now.plus(SIGNS_FOR));
        } catch (JOSEException e) {
            throw new IllegalStateException("every JDK has P-256", e);
        }
    }

    private static ECKey parsed(String json) {
        try {
            return ECKey.parse(json);
        } catch (ParseException e) {
            throw new IllegalStateException("a signing key in the database is no key", e);
        }
    }
}

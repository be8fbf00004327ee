package io.lateen.authca.attest;

import io.lateen.access.TokenHash;
import io.lateen.model.identity.SpiffeId;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The join tokens in PostgreSQL. A token is used up by one statement, so that of many who present
 * it at once one has it.
 */
public final class JoinTokens {

    /** So long a token is remembered after it has run out. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private static final String COLUMNS =
            "id, identity, made_at, made_by, expires_at, used_at, used_from, revoked_at";

    private final JdbcClient jdbc;
    private final SecureRandom random;
    private final Clock clock;

    /** Tokens of a database. */
    public JoinTokens(JdbcClient jdbc, SecureRandom random, Clock clock) {
        this.jdbc = jdbc;
        this.random = random;
        this.clock = clock;
    }

    /**
     * A new token.
     *
     * @param secret shown once; the database knows its hash
     */
    public record Drawn(JoinToken token, String secret) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Drawn[" + token + "]";
        }
    }

    /** What came of revoking a token. */
    public enum Revocation {
        REVOKED,
        USED_BEFORE,
        UNKNOWN
    }

    /** Draws a token. */
    public Drawn draw(SpiffeId identity, Duration lifetime, String actor) {
        Instant now = clock.instant();
        jdbc.sql("delete from join_token where expires_at < :long_ago")
                .param("long_ago", Timestamp.from(now.minus(REMEMBERED)))
                .update();
        String secret = TokenHash.draw(random);
        JoinToken token =
                new JoinToken(
                        UUID.randomUUID(),
                        identity,
                        now,
                        actor,
                        now.plus(lifetime),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        jdbc.sql(
                        "insert into join_token (id, hash, identity, made_at, made_by, expires_at)"
                                + " values (:id, :hash, :identity, :made_at, :made_by, :expires_at)")
                .param("id", token.id())
                .param("hash", TokenHash.of(secret))
                .param("identity", identity.toString())
                .param("made_at", Timestamp.from(now))
                .param("made_by", actor)
                .param("expires_at", Timestamp.from(token.expiresAt()))
                .update();
        return new Drawn(token, secret);
    }

    /** Every token that is remembered, the youngest first. */
    public List<JoinToken> list() {
        return jdbc.sql("select " + COLUMNS + " from join_token order by made_at desc, id")
                .query((row, _) -> read(row))
                .list();
    }

    /** A token by its id. */
    public Optional<JoinToken> find(UUID id) {
        return jdbc.sql("select " + COLUMNS + " from join_token where id = :id")
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    /** Makes a token that was not used yet worth nothing. */
    public Revocation revoke(UUID id, String actor) {
        int revoked =
                jdbc.sql(
                                "update join_token set revoked_at = coalesce(revoked_at, :now),"
                                        + " revoked_by = coalesce(revoked_by, :actor)"
                                        + " where id = :id and used_at is null")
                        .param("now", Timestamp.from(clock.instant()))
                        .param("actor", actor)
                        .param("id", id)
                        .update();
        if (revoked > 0) {
            return Revocation.REVOKED;
        }
        return find(id).isPresent() ? Revocation.USED_BEFORE : Revocation.UNKNOWN;
    }

    /**
     * Uses a token up. To be called in a transaction: what rolls back leaves the token as it was.
     *
     * @param from the address of who presents it
     */
    public Redemption redeem(String secret, String from) {
        Instant now = clock.instant();
        String hash = TokenHash.of(secret);
        // Whoever comes second waits here for the first, and then finds used_at set.
        Optional<JoinToken> redeemed =
                jdbc.sql(
                                "update join_token set used_at = :now, used_from = :from"
                                        + " where hash = :hash and used_at is null"
                                        + " and revoked_at is null and expires_at > :now"
                                        + " returning "
                                        + COLUMNS)
                        .param("now", Timestamp.from(now))
                        .param("from", from)
                        .param("hash", hash)
                        .query((row, _) -> read(row))
                        .optional();
        if (redeemed.isPresent()) {
            return new Redemption.Redeemed(redeemed.get());
        }
        return jdbc.sql("select " + COLUMNS + " from join_token where hash = :hash")
                .param("hash", hash)
                .query((row, _) -> read(row))
                .optional()
                .<Redemption>map(token -> new Redemption.Worthless(token, why(token, now)))
                .orElseGet(
                        () ->
                                new Redemption.Unknown(
                                        "join token: found one that nobody made here; make one with"
                                                + " 'lateen token create'"));
    }

    private static String why(JoinToken token, Instant now) {
        return "join token "
                + token.id()
                + switch (token.state(now)) {
                    case USED ->
                            ": it was used at "
                                    + token.usedAt().orElse(now)
                                    + " from "
                                    + token.usedFrom().orElse("")
                                    + " and is good once; make another with 'lateen token create'";
                    case EXPIRED ->
                            ": it ran out at "
                                    + token.expiresAt()
                                    + "; make another with 'lateen token create'";
                    case REVOKED ->
                            ": it was revoked at "
                                    + token.revokedAt().orElse(now)
                                    + "; make another with 'lateen token create'";
                    // Between the two statements somebody else's use of it was rolled back.
                    case UNUSED -> ": somebody else presented it at the same time; try again";
                };
    }

    private static JoinToken read(ResultSet row) throws SQLException {
        String identity = row.getString("identity");
        return new JoinToken(
                row.getObject("id", UUID.class),
                SpiffeId.parse(identity)
                        .orElseThrow(() -> new SQLException("no identity: " + identity)),
                row.getTimestamp("made_at").toInstant(),
                row.getString("made_by"),
                row.getTimestamp("expires_at").toInstant(),
                instant(row.getTimestamp("used_at")),
                Optional.ofNullable(row.getString("used_from")),
                instant(row.getTimestamp("revoked_at")));
    }

    private static Optional<Instant> instant(@Nullable Timestamp at) {
        return Optional.ofNullable(at).map(Timestamp::toInstant);
    }
}

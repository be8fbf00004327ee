package io.lateen.portal.session;

import io.lateen.portal.audit.Origin;
import io.lateen.portal.caller.Grants;
import io.lateen.portal.caller.SignIn;
import io.lateen.portal.secret.Drawn;
import io.lateen.portal.store.GrantsJson;
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

/** The table of sessions. Blocks. Thread-safe. */
public final class Sessions {
    private static final Duration NOTED_AT_MOST_EVERY = Duration.ofMinutes(1);
    private static final int NOTES_PER_IDLE_TIME = 20;

    /** A session holds while neither of its ends has come and its local user may come in. */
    private static final String THAT_HOLD =
            """
            select s.*, coalesce(s.grants, a.grants) as now_granted,
                   coalesce(a.password_change_due, false) as change_due
            from session s
            left join account a on s.sign_in = 'LOCAL' and a.name = s.user_name
            where s.ends_at > :now and s.last_seen_at > :idle
              and (s.sign_in = 'OIDC' or (a.name is not null and not a.disabled))
            """;

    private final JdbcClient jdbc;
    private final GrantsJson json;
    private final SessionSettings settings;
    private final Endings endings;
    private final SecureRandom random;
    private final Clock clock;

    Sessions(
            JdbcClient jdbc,
            GrantsJson json,
            SessionSettings settings,
            Endings endings,
            SecureRandom random,
            Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.settings = settings;
        this.endings = endings;
        this.random = random;
        this.clock = clock;
    }

    /** A session that has just begun, and what its cookie holds: known to the browser alone. */
    public record Started(String cookie, Session session) {}

    /** Begins a session under a new id, whatever the browser held before. */
    public Started start(NewSession who, Origin origin) {
        String cookie = Drawn.value(random);
        Instant now = clock.instant();
        Grants grants = who.grants();
        jdbc.sql(
                        """
                        insert into session (id_hash, handle, user_name, display_name, sign_in,
                            grants, address, agent, started_at, last_seen_at, ends_at)
                        values (:hash, :handle, :user, :displayName, :signIn,
                            cast(:grants as jsonb), :address, :agent, :now, :now, :ends)
                        """)
                .param("hash", Drawn.hash(cookie))
                .param("handle", UUID.randomUUID())
                .param("user", who.user())
                .param("displayName", who.displayName())
                .param("signIn", who.signIn().name())
                .param("grants", grants == null ? null : json.write(grants))
                .param("address", origin.address())
                .param("agent", origin.agent())
                .param("now", Timestamp.from(now))
                .param("ends", Timestamp.from(now.plus(settings.longest())))
                .update();
        return new Started(cookie, find(cookie).orElseThrow());
    }

    /** The session of a cookie, which is used by this; empty when there is none that holds. */
    Optional<Session> use(String cookie) {
        return find(cookie).map(this::noted);
    }

    /** The session of a cookie; empty when there is none that holds. Does not count as use. */
    Optional<Session> find(String cookie) {
        return one("and s.id_hash = :key", Drawn.hash(cookie));
    }

    /** The session with a handle, if it holds; does not count as use. */
    Optional<Session> get(String handle) {
        return one("and s.handle = :key", UUID.fromString(handle));
    }

    /** Whether a session still holds; does not count as use. */
    boolean holds(String handle) {
        return get(handle).isPresent();
    }

    /** Sessions of a user, or everybody's when null, the newest first. */
    List<Session> list(@Nullable String user) {
        return jdbc.sql(
                        THAT_HOLD
                                + " and (cast(:user as text) is null or s.user_name = :user)"
                                + " order by s.started_at desc limit 1000")
                .param("user", user)
                .param("now", Timestamp.from(clock.instant()))
                .param("idle", Timestamp.from(idleSince()))
                .query((row, _) -> session(row))
                .list();
    }

    /** Ends one session; its streams close. */
    public boolean end(String handle) {
        int ended =
                jdbc.sql("delete from session where handle = :handle")
                        .param("handle", UUID.fromString(handle))
                        .update();
        endings.ended(handle);
        return ended > 0;
    }

    /** Ends a user's sessions but one. */
    public void endAllOf(String user, @Nullable String butHandle) {
        jdbc.sql("delete from session where user_name = :user and handle <> :but returning handle")
                .param("user", user)
                .param("but", butHandle == null ? new UUID(0, 0) : UUID.fromString(butHandle))
                .query(UUID.class)
                .list()
                .forEach(handle -> endings.ended(handle.toString()));
    }

    /** Deletes those that have ended by themselves. */
    void sweep() {
        jdbc.sql("delete from session where ends_at <= :now or last_seen_at <= :idle")
                .param("now", Timestamp.from(clock.instant()))
                .param("idle", Timestamp.from(idleSince()))
                .update();
    }

    /** When a session ends if nothing more is asked. */
    Instant idleEnd(Session session) {
        Instant idle = session.lastSeenAt().plus(settings.idle());
        return idle.isBefore(session.endsAt()) ? idle : session.endsAt();
    }

    private Optional<Session> one(String condition, Object key) {
        return jdbc.sql(THAT_HOLD + condition)
                .param("key", key)
                .param("now", Timestamp.from(clock.instant()))
                .param("idle", Timestamp.from(idleSince()))
                .query((row, _) -> session(row))
                .optional();
    }

    /**
     * Not at each request: a row written a second for each open page would be all that is written.
     */
    private Session noted(Session session) {
        Instant now = clock.instant();
        Duration share = settings.idle().dividedBy(NOTES_PER_IDLE_TIME);
        Duration every = share.compareTo(NOTED_AT_MOST_EVERY) < 0 ? share : NOTED_AT_MOST_EVERY;
        if (Duration.between(session.lastSeenAt(), now).compareTo(every) < 0) {
            return session;
        }
        jdbc.sql("update session set last_seen_at = :now where handle = :handle")
                .param("now", Timestamp.from(now))
                .param("handle", UUID.fromString(session.handle()))
                .update();
        return session.seenAt(now);
    }

    private Instant idleSince() {
        return clock.instant().minus(settings.idle());
    }

    private Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getString("handle"),
                row.getString("user_name"),
                row.getString("display_name"),
                SignIn.valueOf(row.getString("sign_in")),
                json.read(row.getString("now_granted")),
                row.getBoolean("change_due"),
                row.getString("address"),
                row.getString("agent"),
                row.getTimestamp("started_at").toInstant(),
                row.getTimestamp("last_seen_at").toInstant(),
                row.getTimestamp("ends_at").toInstant());
    }
}

package io.lateen.portal.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes and reads the audit. Blocks. Thread-safe. */
public final class AuditLog {
    private final JdbcClient jdbc;
    private final Clock clock;

    /** An audit in {@code jdbc}'s database. */
    AuditLog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** It was done. */
    public void allowed(Act act) {
        add(act, Outcome.ALLOWED, null);
    }

    /** The caller may not. */
    public void denied(Act act, String reason) {
        add(act, Outcome.DENIED, reason);
    }

    /** It did not work. */
    public void failed(Act act, String reason) {
        add(act, Outcome.FAILED, reason);
    }

    /** Adds an entry. */
    public void add(Act act, Outcome outcome, @Nullable String reason) {
        jdbc.sql(
                        """
                        insert into audit (at, actor, sign_in, session, address, action, object,
                                           outcome, reason, request_id)
                        values (:at, :actor, :signIn, :session, :address, :action, :object,
                                :outcome, :reason, :requestId)
                        """)
                .param("at", Timestamp.from(clock.instant()))
                .param("actor", act.actor())
                .param("signIn", act.signIn())
                .param(
                        "session",
                        act.caller() == null ? null : UUID.fromString(act.caller().session()))
                .param("address", act.origin().address())
                .param("action", act.action())
                .param("object", act.object())
                .param("outcome", outcome.name())
                .param("reason", reason)
                .param("requestId", act.origin().requestId())
                .update();
    }

    /** Entries that match, newest first. */
    List<AuditEntry> find(AuditQuery query) {
        return jdbc.sql(
                        """
                        select * from audit
                        where id < :before
                          and (:user = '' or actor = :user)
                          and (:action = '' or action = :action)
                          and (:outcome = '' or outcome = :outcome)
                          and at >= :from and at < :to
                        order by id desc limit :limit
                        """)
                .param("before", query.before())
                .param("user", query.user())
                .param("action", query.action())
                .param("outcome", query.outcome() == null ? "" : query.outcome().name())
                .param("from", Timestamp.from(query.from()))
                .param("to", Timestamp.from(query.to()))
                .param("limit", query.limit())
                .query((row, _) -> entry(row))
                .list();
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        Instant at = row.getTimestamp("at").toInstant();
        return new AuditEntry(
                Long.toString(row.getLong("id")),
                at,
                row.getString("actor"),
                row.getString("sign_in"),
                row.getString("session"),
                row.getString("address"),
                row.getString("action"),
                row.getString("object"),
                Outcome.valueOf(row.getString("outcome")),
                row.getString("reason"),
                row.getString("request_id"));
    }
}

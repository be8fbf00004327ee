package io.lateen.authca.issue;

import io.lateen.model.identity.SpiffeId;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The record of what was issued and refused, in PostgreSQL: written to and never changed. */
public final class Ledger {

    private final JdbcClient jdbc;
    private final Clock clock;

    Ledger(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Kinds of credential. */
    public enum Means {
        JOIN_TOKEN,
        SERVICE_ACCOUNT,
        CERTIFICATE,
        OWN
    }

    /**
     * Who asked.
     *
     * @param name the token's id, the pod, or the serial number of the certificate shown
     * @param from their address
     */
    record Asker(Means means, String name, SpiffeId identity, String from) {}

    /**
     * A row of the record.
     *
     * @param credentialName the token's id, the pod, or the serial number of the certificate shown
     * @param serial of what was issued; empty for a refusal
     * @param reason why nothing was; empty for a certificate
     */
    public record Entry(
            long id,
            Instant at,
            String outcome,
            Means credential,
            String credentialName,
            String identity,
            String from,
            Optional<String> serial,
            Optional<Instant> notAfter,
            Optional<String> reason) {}

    /**
     * A certificate that has not run out.
     *
     * @param renewed whether it has been used to have the next one
     */
    public record Live(
            String identity,
            String serial,
            Instant notBefore,
            Instant notAfter,
            Means credential,
            String from,
            boolean renewed) {}

    void issued(Asker asker, X509Certificate leaf) {
        jdbc.sql(
                        "insert into issuance (at, outcome, credential, credential_name, identity,"
                                + " remote_address, serial, not_before, not_after, key_hash)"
                                + " values (:at, 'ISSUED', :means, :name, :identity, :from, :serial,"
                                + " :not_before, :not_after, :key_hash)")
                .param("at", Timestamp.from(clock.instant()))
                .param("means", asker.means().name())
                .param("name", asker.name())
                .param("identity", asker.identity().toString())
                .param("from", asker.from())
                .param("serial", serial(leaf))
                .param("not_before", Timestamp.from(leaf.getNotBefore().toInstant()))
                .param("not_after", Timestamp.from(leaf.getNotAfter().toInstant()))
                .param("key_hash", hash(leaf))
                .update();
    }

    void refused(Asker asker, String reason) {
        jdbc.sql(
                        "insert into issuance (at, outcome, credential, credential_name, identity,"
                                + " remote_address, reason) values (:at, 'REFUSED', :means, :name,"
                                + " :identity, :from, :reason)")
                .param("at", Timestamp.from(clock.instant()))
                .param("means", asker.means().name())
                .param("name", asker.name())
                .param("identity", asker.identity().toString())
                .param("from", asker.from())
                .param("reason", reason)
                .update();
    }

    /** What was recorded, the youngest first. */
    public List<Entry> entries(long before, int limit) {
        return jdbc.sql(
                        "select id, at, outcome, credential, credential_name, identity,"
                                + " remote_address, serial, not_after, reason from issuance"
                                + " where id < :before order by id desc limit :limit")
                .param("before", before)
                .param("limit", limit)
                .query((row, _) -> entry(row))
                .list();
    }

    /** Certificates that have not run out, those that end first at the head. */
    public List<Live> live(int limit) {
        return jdbc.sql(
                        "select i.identity, i.serial, i.not_before, i.not_after, i.credential,"
                                + " i.remote_address, exists (select 1 from issuance r"
                                + " where r.outcome = 'ISSUED' and r.credential = 'CERTIFICATE'"
                                + " and r.credential_name = i.serial) as renewed from issuance i"
                                + " where i.outcome = 'ISSUED' and i.not_after > :now"
                                + " order by i.not_after, i.id limit :limit")
                .param("now", Timestamp.from(clock.instant()))
                .param("limit", limit)
                .query(
                        (row, _) ->
                                new Live(
                                        row.getString("identity"),
                                        row.getString("serial"),
                                        row.getTimestamp("not_before").toInstant(),
                                        row.getTimestamp("not_after").toInstant(),
                                        Means.valueOf(row.getString("credential")),
                                        row.getString("remote_address"),
                                        row.getBoolean("renewed")))
                .list();
    }

    /** A certificate's serial number as it is recorded and shown. */
    static String serial(X509Certificate certificate) {
        return certificate.getSerialNumber().toString(16);
    }

    private static String hash(X509Certificate leaf) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(leaf.getPublicKey().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("id"),
                row.getTimestamp("at").toInstant(),
                row.getString("outcome"),
                Means.valueOf(row.getString("credential")),
                row.getString("credential_name"),
                row.getString("identity"),
                row.getString("remote_address"),
                Optional.ofNullable(row.getString("serial")),
                instant(row.getTimestamp("not_after")),
                Optional.ofNullable(row.getString("reason")));
    }

    private static Optional<Instant> instant(@Nullable Timestamp at) {
        return Optional.ofNullable(at).map(Timestamp::toInstant);
    }
}

package io.lateen.portal.audit;

import java.util.HexFormat;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whether the audit is whole: each entry holds the hash of the one before it. Reads all of it, and
 * blocks. Thread-safe.
 */
final class AuditChain {
    private final JdbcClient jdbc;

    AuditChain(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What a look at the audit has found.
     *
     * @param entries how many there are
     * @param last the hash of the youngest, in hex; empty if there is none
     * @param broken the id of the first that does not follow from the one before it
     */
    record Found(long entries, String last, Optional<Long> broken) {}

    Found look() {
        return jdbc.sql(
                        """
                        select count(*) as entries,
                               (select hash from audit order by id desc limit 1) as last,
                               audit_broken() as broken
                        from audit
                        """)
                .query(
                        (row, _) -> {
                            byte[] last = row.getBytes("last");
                            return new Found(
                                    row.getLong("entries"),
                                    last == null ? "" : HexFormat.of().formatHex(last),
                                    Optional.ofNullable(row.getObject("broken", Long.class)));
                        })
                .single();
    }
}

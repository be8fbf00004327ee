package io.lateen.manager.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the replica reads: the counter and rows of the history. Stateless. */
final class HistoryStatements {
    private static final int BATCH = 1000;

    private final JdbcClient jdbc;

    HistoryStatements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The counter, and up to which revision history has been compacted. */
    Counter counter() {
        return jdbc.sql("select value, compacted from revision")
                .query((row, number) -> new Counter(row.getLong(1), row.getLong(2)))
                .single();
    }

    /** The next rows after a revision, in order; at most a batch. */
    List<Row> after(long revision) {
        return jdbc.sql(
                        """
                        select revision, action, api_group, kind, namespace, name,
                               object::text as object
                        from history where revision > :revision order by revision limit :batch
                        """)
                .param("revision", revision)
                .param("batch", BATCH)
                .query(HistoryStatements::row)
                .list();
    }

    /** The last row of each object at or before a revision, of objects that changed after it. */
    List<Row> statesBefore(long revision) {
        return jdbc.sql(
                        """
                        select b.revision, b.action, b.api_group, b.kind, b.namespace, b.name,
                               b.object::text as object
                        from (select distinct api_group, kind, namespace, name
                              from history where revision > :revision) changed
                        cross join lateral (
                            select * from history h
                            where (h.api_group, h.kind, h.namespace, h.name)
                                = (changed.api_group, changed.kind, changed.namespace, changed.name)
                              and h.revision <= :revision
                            order by h.revision desc limit 1) b
                        """)
                .param("revision", revision)
                .query(HistoryStatements::row)
                .list();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        return new Row(
                Action.valueOf(row.getString("action")), ChangeStatements.object(row, number));
    }

    /** One row of the history: what was done, and the object after it. */
    record Row(Action action, StoredObject object) {
        Change following(@Nullable StoredObject before) {
            return new Change(action, before, object);
        }
    }

    /** The revision counter. */
    record Counter(long value, long compacted) {}
}

package io.lateen.mixer.replica;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements on the table of replicas; all time is the database's. Stateless. */
final class ReplicaRows {
    private final JdbcClient jdbc;

    ReplicaRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Says that a replica is alive, and that an earlier start at its place is not. */
    void seen(Replica self) {
        jdbc.sql("delete from mixer.replica where host = :host and port = :port and id <> :id")
                .param("host", self.host())
                .param("port", self.port())
                .param("id", self.id())
                .update();
        jdbc.sql(
                        """
                        insert into mixer.replica (id, host, port, seen_at)
                        values (:id, :host, :port, now())
                        on conflict (id) do update set seen_at = excluded.seen_at
                        """)
                .param("id", self.id())
                .param("host", self.host())
                .param("port", self.port())
                .update();
    }

    /** Those that said so within {@code last}. */
    List<Replica> living(Duration last) {
        return jdbc.sql(
                        """
                        select id, host, port from mixer.replica
                        where seen_at > now() - :millis * interval '1 millisecond'
                        """)
                .param("millis", last.toMillis())
                .query(
                        (row, number) ->
                                new Replica(
                                        row.getObject("id", UUID.class),
                                        row.getString("host"),
                                        row.getInt("port")))
                .list();
    }

    /** Says that a replica ends. */
    void gone(UUID id) {
        jdbc.sql("delete from mixer.replica where id = :id").param("id", id).update();
    }

    /** Lets go of those that have not been heard of for {@code long ago}. */
    void forget(Duration ago) {
        jdbc.sql(
                        "delete from mixer.replica where seen_at < now() - :millis * interval '1 millisecond'")
                .param("millis", ago.toMillis())
                .update();
    }
}

package io.lateen.mixer.snapshot;

import io.lateen.mixer.report.Resolution;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements on the table of slots. Stateless. */
final class SlotRows {
    private final JdbcClient jdbc;

    SlotRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes a slot of a replica, or what it has grown to. */
    void put(UUID replica, Resolution resolution, long slot, String content) {
        jdbc.sql(
                        """
                        insert into mixer.slot (width_seconds, start_second, replica, content)
                        values (:width, :start, :replica, :content::jsonb)
                        on conflict (width_seconds, start_second, replica)
                        do update set content = excluded.content
                        """)
                .param("width", resolution.seconds())
                .param("start", slot * resolution.seconds())
                .param("replica", replica)
                .param("content", content)
                .update();
    }

    /** What all but one replica have written of the slots from {@code first} to {@code last}. */
    List<String> others(UUID replica, Resolution resolution, long first, long last) {
        return jdbc.sql(
                        """
                        select content::text as content from mixer.slot
                        where width_seconds = :width and start_second between :first and :last
                          and replica <> :replica
                        """)
                .param("width", resolution.seconds())
                .param("first", first * resolution.seconds())
                .param("last", last * resolution.seconds())
                .param("replica", replica)
                .query((row, number) -> row.getString("content"))
                .list();
    }

    /** Lets go of slots before one. */
    void forgetBefore(Resolution resolution, long slot) {
        jdbc.sql("delete from mixer.slot where width_seconds = :width and start_second < :start")
                .param("width", resolution.seconds())
                .param("start", slot * resolution.seconds())
                .update();
    }
}

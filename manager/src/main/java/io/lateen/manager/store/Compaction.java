package io.lateen.manager.store;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Forgets old history. The last row of each object that is still there stays, however old, so that
 * every later change still has its state before. Any manager may run it, several at once too.
 */
final class Compaction {
    private static final Logger log = LoggerFactory.getLogger(Compaction.class);

    private final JdbcClient jdbc;
    private final StoreSettings settings;
    private final Clock clock;

    Compaction(JdbcClient jdbc, StoreSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /** Forgets what is older than the settings allow; answers how many rows went. */
    int run() {
        Instant oldest = clock.instant().minus(settings.historyAge());
        long cut =
                jdbc.sql(
                                """
                                select least(value - :window,
                                             greatest(compacted, value - :keep,
                                                      (select max(revision) from history
                                                       where written_at < :oldest)))
                                from revision
                                """)
                        .param("window", settings.window())
                        .param("keep", settings.historyKeep())
                        .param("oldest", OffsetDateTime.ofInstant(oldest, ZoneOffset.UTC))
                        .query(Long.class)
                        .single();
        if (cut <= 0) {
            return 0;
        }
        // First say so, then delete: a reader in between sees a gap that the counter explains.
        jdbc.sql("update revision set compacted = :cut where compacted < :cut")
                .param("cut", cut)
                .update();
        int gone =
                jdbc.sql(
                                """
                                delete from history h
                                where h.revision <= :cut
                                  and (h.action = 'DELETED' or exists (
                                      select from history later
                                      where (later.api_group, later.kind, later.namespace, later.name)
                                          = (h.api_group, h.kind, h.namespace, h.name)
                                        and later.revision > h.revision
                                        and later.revision <= :cut))
                                """)
                        .param("cut", cut)
                        .update();
        if (gone > 0) {
            log.info("history compacted up to revision={} rows={}", cut, gone);
        }
        return gone;
    }
}

package io.lateen.portal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.lateen.model.database.DatabaseUrl;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What somebody with all rights in the database cannot do unseen. */
@SuppressWarnings("NullAway.Init") // fields are set before each test
final class AuditChainTest {

    private HikariDataSource pool;
    private JdbcClient jdbc;
    private AuditLog audit;
    private AuditChain chain;

    @BeforeEach
    void start() {
        DatabaseUrl url = DatabaseUrl.parse(EmbeddedDatabase.fresh());
        pool = new HikariDataSource();
        pool.setJdbcUrl(url.jdbcUrl());
        pool.setUsername(url.user());
        pool.setPassword(url.password());
        pool.setSchema("portal");
        pool.setMaximumPoolSize(4);
        jdbc = JdbcClient.create(pool);
        audit = new AuditLog(jdbc, Clock.systemUTC());
        chain = new AuditChain(jdbc);
    }

    @AfterEach
    void stop() {
        pool.close();
    }

    @Test
    void entriesOfAllAtOnceMakeOneChain() throws Exception {
        migrate("2");
        assertThat(chain.look()).isEqualTo(new AuditChain.Found(0, "", Optional.empty()));

        List<Callable<Boolean>> acts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String user = "user-" + i;
            acts.add(
                    () -> {
                        act(user);
                        return true;
                    });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Boolean> done : threads.invokeAll(acts)) {
                assertThat(done.get()).isTrue();
            }
        }

        AuditChain.Found found = chain.look();
        assertThat(found.entries()).isEqualTo(100);
        assertThat(found.broken()).isEmpty();
        assertThat(found.last()).hasSize(64);
        act("one more");
        assertThat(chain.look().last()).isNotEqualTo(found.last());
    }

    @Test
    void entriesFromBeforeTheChainAreInIt() {
        migrate("1");
        IntStream.range(0, 5).forEach(i -> act("user-" + i));

        migrate("2");
        act("afterwards");

        assertThat(chain.look().entries()).isEqualTo(6);
        assertThat(chain.look().broken()).isEmpty();
        assertThatThrownBy(() -> jdbc.sql("delete from audit").update())
                .as("the database still refuses")
                .hasMessageContaining("never changed or removed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update audit set actor = 'nobody' where actor = 'user-2'",
                "update audit set reason = 'none' where actor = 'user-2'",
                "update audit set at = at + interval '1 millisecond' where actor = 'user-2'",
                "delete from audit where actor = 'user-2'",
            })
    void aChangeBehindTheTriggersBackIsSeen(String change) {
        migrate("2");
        IntStream.range(0, 5).forEach(i -> act("user-" + i));
        List<Long> ids =
                jdbc.sql("select id from audit order by id")
                        .query((row, _) -> row.getLong("id"))
                        .list();

        jdbc.sql("alter table audit disable trigger user").update();
        assertThat(jdbc.sql(change).update()).isOne();
        jdbc.sql("alter table audit enable trigger user").update();

        // Of one that is gone, the next does not fit.
        assertThat(chain.look().broken())
                .contains(change.startsWith("delete") ? ids.get(3) : ids.get(2));
        AuditWatch watch = new AuditWatch(chain);
        watch.look();
        assertThat(watch.whole()).isZero();
    }

    private void act(String user) {
        audit.allowed(
                Act.ofStranger(
                        user, new Origin("127.0.0.1", "a test", "request"), "session.start", user));
    }

    private void migrate(String version) {
        Flyway.configure()
                .dataSource(pool)
                .locations("classpath:db/migration/portal")
                .schemas("portal")
                .defaultSchema("portal")
                .target(version)
                .load()
                .migrate();
    }
}

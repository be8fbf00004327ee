package io.lateen.manager.store;

import com.zaxxer.hikari.HikariDataSource;
import io.lateen.model.database.DatabaseUrl;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;

/** The store as the manager wires it, without the manager around it. */
final class StoreOnPostgres implements AutoCloseable {
    static final ObjectType TYPE = new ObjectType("networking.istio.io", "VirtualService");

    final DatabaseUrl url;
    final StoreSettings settings;
    final HikariDataSource dataSource;
    final JdbcClient jdbc;
    final Replica replica;
    final ObjectStore store;
    private final RevisionListener listener;

    StoreOnPostgres(String databaseUrl, int window) {
        url = DatabaseUrl.parse(databaseUrl);
        settings =
                new StoreSettings(window, window, Duration.ofDays(30), Duration.ofSeconds(1), 10);
        var wiring = new StoreConfiguration();
        dataSource = wiring.dataSource(url, settings);
        Flyway flyway =
                Flyway.configure()
                        .dataSource(dataSource)
                        .locations("classpath:db/migration/manager")
                        .load();
        flyway.migrate();
        jdbc = JdbcClient.create(dataSource);
        var statements = new ChangeStatements(jdbc);
        replica = wiring.replica(flyway, dataSource, jdbc, statements, settings);
        store = wiring.objectStore(dataSource, statements, replica, Clock.systemUTC());
        listener = wiring.revisionListener(url, replica, settings);
        listener.start();
    }

    Compaction compaction() {
        return new Compaction(jdbc, settings, Clock.systemUTC());
    }

    /** Creates an object whose spec is {@code {"n": n}} and answers its revision. */
    long create(String name, int n) {
        return store.write(
                        "test", transaction -> transaction.create(key(name), Marks.NONE, body(n)))
                .revision();
    }

    long update(String name, int n) {
        return store.write(
                        "test",
                        transaction ->
                                transaction.update(
                                        transaction.find(key(name)).orElseThrow(),
                                        Marks.NONE,
                                        body(n)))
                .revision();
    }

    long delete(String name) {
        return store.write(
                        "test",
                        transaction ->
                                transaction.delete(transaction.find(key(name)).orElseThrow()))
                .revision();
    }

    static ObjectKey key(String name) {
        return new ObjectKey(TYPE, "default", name);
    }

    static Body body(int n) {
        return new Body(JsonNodeFactory.instance.objectNode().put("n", n), null);
    }

    static Marks labelled(String key, String value) {
        return Marks.of(Map.of(key, value), Map.of());
    }

    @Override
    public void close() {
        listener.stop();
        dataSource.close();
    }
}

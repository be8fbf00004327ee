package io.lateen.manager.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.lateen.model.codec.ResourceCodec;
import io.lateen.model.database.DatabaseUrl;
import io.lateen.start.Databases;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the store: PostgreSQL, the replica in memory, and what follows it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StoreSettings.class)
public class StoreConfiguration {

    /** The database's address, from {@code --database-url} or {@code LATEEN_DATABASE_URL}. */
    @Bean
    DatabaseUrl databaseUrl(Environment environment) {
        return DatabaseUrl.parse(Databases.address(environment));
    }

    /** The pool. Short timeouts: a writer hears within seconds that the database is away. */
    @Bean
    HikariDataSource dataSource(DatabaseUrl url, StoreSettings settings) {
        var config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(url.jdbcUrl());
        config.setUsername(url.user());
        config.setPassword(url.password());
        config.setMaximumPoolSize(settings.connections());
        config.setConnectionTimeout(2000);
        config.setValidationTimeout(1000);
        config.addDataSourceProperty("ApplicationName", "lateen-manager");
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("socketTimeout", "15");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("options", "-c statement_timeout=10000 -c lock_timeout=5000");
        return new HikariDataSource(config);
    }

    @Bean
    ChangeStatements changeStatements(JdbcClient jdbc) {
        return new ChangeStatements(jdbc);
    }

    /** The replica, loaded. Takes Flyway so that the tables are there first. */
    @Bean
    Replica replica(
            Flyway migrated,
            DataSource dataSource,
            JdbcClient jdbc,
            ChangeStatements statements,
            StoreSettings settings) {
        // Not a bean: the application's transaction manager is JPA's.
        var oneView = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        oneView.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        oneView.setReadOnly(true);
        var history = new HistoryStatements(jdbc);
        var loader = new ReplicaLoader(oneView, statements, history, settings.window());
        var replica = new Replica(loader, history, settings.window());
        replica.load();
        return replica;
    }

    /** The feed, with all that the replica holds. */
    @Bean
    ResourceFeed resourceFeed(Replica replica) {
        var feed = new ReplicaFeed(replica, new StoredResources()::read);
        replica.follow(feed::accept);
        feed.accept(List.of());
        return feed;
    }

    @Bean
    RevisionListener revisionListener(DatabaseUrl url, Replica replica, StoreSettings settings) {
        return new RevisionListener(url, replica, settings.compareEvery());
    }

    @Bean
    ObjectStore objectStore(
            DataSource dataSource, ChangeStatements statements, Replica replica, Clock clock) {
        var transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        return new PostgresStore(transactions, statements, replica, clock);
    }

    @Bean
    StatusWriter statusWriter(ObjectStore store, Clock clock) {
        return new StatusWriter(store, clock);
    }

    /** Reads and writes documents of the mesh's kinds. */
    @Bean
    ResourceCodec resourceCodec() {
        return new ResourceCodec();
    }

    @Bean
    StoreHealth storeHealth(Replica replica) {
        return new StoreHealth(replica);
    }

    @Bean
    CompactionSchedule compactionSchedule(JdbcClient jdbc, StoreSettings settings, Clock clock) {
        return new CompactionSchedule(new Compaction(jdbc, settings, clock));
    }
}

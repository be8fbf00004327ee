package io.lateen.mixer.snapshot;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.lateen.mixer.report.EdgeBook;
import io.lateen.model.database.DatabaseUrl;
import io.lateen.start.Databases;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the book of edges and what of it is kept. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SnapshotSettings.class)
public class SnapshotConfiguration {

    /** The database's address, from {@code --database-url} or {@code LATEEN_DATABASE_URL}. */
    @Bean
    DatabaseUrl databaseUrl(Environment environment) {
        return DatabaseUrl.parse(Databases.address(environment));
    }

    /** The pool: one connection writes, few read. */
    @Bean
    HikariDataSource dataSource(DatabaseUrl url) {
        var config = new HikariConfig();
        config.setPoolName("snapshots");
        config.setJdbcUrl(url.jdbcUrl());
        config.setUsername(url.user());
        config.setPassword(url.password());
        config.setMaximumPoolSize(4);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(2000);
        config.setValidationTimeout(1000);
        config.addDataSourceProperty("ApplicationName", "lateen-mixer");
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("socketTimeout", "15");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("options", "-c statement_timeout=10000 -c lock_timeout=5000");
        return new HikariDataSource(config);
    }

    @Bean
    EdgeBook edgeBook(SnapshotSettings settings) {
        return new EdgeBook(settings.edges());
    }

    /** This start of this mixer: rows under it are its own. */
    @Bean
    UUID replica() {
        return UUID.randomUUID();
    }

    /** Takes Flyway so that the table is there first. */
    @Bean
    SlotRows slotRows(Flyway migrated, JdbcClient jdbc) {
        return new SlotRows(jdbc);
    }

    @Bean
    Kept kept(SlotRows rows, UUID replica) {
        return new Kept(rows, replica);
    }

    @Bean
    SnapshotLoop snapshotLoop(
            EdgeBook book, SlotRows rows, UUID replica, SnapshotSettings settings, Clock clock) {
        return new SnapshotLoop(
                new Snapshots(book, rows, replica, clock), settings.snapshotEvery());
    }

    /** What the mixer says of itself. */
    @Bean
    MeterBinder edgeMetrics(EdgeBook book) {
        return meters -> {
            count(meters, book, "lateen.mixer.calls.received", EdgeBook::received);
            count(meters, book, "lateen.mixer.calls.overflowed", EdgeBook::overflowed);
            count(meters, book, "lateen.mixer.calls.dropped", EdgeBook::dropped);
            Gauge.builder("lateen.mixer.edges", book, EdgeBook::size)
                    .description("Edges that are told apart at the moment.")
                    .register(meters);
        };
    }

    private static void count(
            MeterRegistry meters,
            EdgeBook book,
            String name,
            java.util.function.ToDoubleFunction<EdgeBook> value) {
        FunctionCounter.builder(name, book, value)
                .description("Calls since the start.")
                .register(meters);
    }
}

package io.lateen.portal.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.lateen.model.database.DatabaseUrl;
import io.lateen.start.Databases;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/** Wires the database. */
@Configuration(proxyBeanMethods = false)
public class StoreConfiguration {

    /** The schema that the portal has for itself. */
    static final String SCHEMA = "portal";

    private static final int CONNECTIONS = 5;

    @Bean
    DatabaseUrl databaseUrl(Environment environment) {
        return DatabaseUrl.parse(Databases.address(environment));
    }

    /** The pool: small, because a request holds a connection for one statement or two. */
    @Bean
    HikariDataSource dataSource(DatabaseUrl url) {
        var config = new HikariConfig();
        config.setPoolName("portal");
        config.setJdbcUrl(url.jdbcUrl());
        config.setUsername(url.user());
        config.setPassword(url.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(2000);
        config.setValidationTimeout(1000);
        config.addDataSourceProperty("ApplicationName", "lateen-portal");
        config.addDataSourceProperty("currentSchema", SCHEMA);
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("socketTimeout", "15");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("options", "-c statement_timeout=10000 -c lock_timeout=5000");
        return new HikariDataSource(config);
    }

    @Bean
    Blocking blocking() {
        return new Blocking();
    }

    @Bean
    GrantsJson grantsJson(JsonMapper mapper) {
        return new GrantsJson(mapper);
    }
}

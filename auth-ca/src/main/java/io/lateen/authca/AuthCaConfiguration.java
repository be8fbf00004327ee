package io.lateen.authca;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.lateen.authca.api.ApiConfiguration;
import io.lateen.authca.authority.AuthorityConfiguration;
import io.lateen.authca.issue.IssueConfiguration;
import io.lateen.authca.kubernetes.KubernetesConfiguration;
import io.lateen.authca.serve.ServeConfiguration;
import io.lateen.model.database.DatabaseUrl;
import io.lateen.start.Databases;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What the authority is made of: one configuration class per feature, listed here, and nothing
 * found by scanning.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    AuthorityConfiguration.class,
    IssueConfiguration.class,
    KubernetesConfiguration.class,
    ServeConfiguration.class,
    ApiConfiguration.class
})
public class AuthCaConfiguration {

    /** The one clock, unless whoever starts this brings another. */
    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** The one source of chance: keys, serial numbers, tokens. */
    @Bean
    SecureRandom secureRandom() {
        return new SecureRandom();
    }

    /** The pool: few connections with short timeouts, in the authority's own schema. */
    @Bean
    HikariDataSource dataSource(Environment environment) {
        DatabaseUrl url = DatabaseUrl.parse(Databases.address(environment));
        var config = new HikariConfig();
        config.setPoolName("authority");
        config.setJdbcUrl(url.jdbcUrl());
        config.setUsername(url.user());
        config.setPassword(url.password());
        config.setSchema("auth_ca");
        config.setMaximumPoolSize(5);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(2000);
        config.setValidationTimeout(1000);
        config.addDataSourceProperty("ApplicationName", "lateen-auth-ca");
        config.addDataSourceProperty("connectTimeout", "2");
        config.addDataSourceProperty("socketTimeout", "15");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("options", "-c statement_timeout=10000 -c lock_timeout=5000");
        return new HikariDataSource(config);
    }

    @Bean
    TransactionTemplate transactions(HikariDataSource dataSource) {
        return new TransactionTemplate(new JdbcTransactionManager(dataSource));
    }
}

package io.lateen.authca.authority;

import io.lateen.access.AccessSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.flywaydb.core.Flyway;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the root. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuthoritySettings.class)
public class AuthorityConfiguration {

    /** The authority with its root opened. Takes Flyway so that the tables are there first. */
    @Bean
    Authority authority(
            Flyway migrated,
            JdbcClient jdbc,
            TransactionTemplate transactions,
            AuthoritySettings settings,
            AccessSettings access,
            SecureRandom random,
            Clock clock) {
        Path file = settings.encryptionKeyFile();
        SealingKey.Place place =
                new SealingKey.Place(
                        settings.encryptionKey(),
                        file == null ? access.stateDirectory().resolve("auth-ca-key") : file);
        Root root = new RootStore(jdbc, transactions, random, clock).open(settings, place);
        return new Authority(root, settings, random, clock);
    }
}

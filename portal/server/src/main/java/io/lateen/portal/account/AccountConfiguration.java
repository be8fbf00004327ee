package io.lateen.portal.account;

import io.lateen.portal.secret.StateSettings;
import io.lateen.portal.store.GrantsJson;
import java.security.SecureRandom;
import java.time.Clock;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires the local accounts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SignInSettings.class)
public class AccountConfiguration {

    @Bean
    Passwords passwords() {
        return new Passwords();
    }

    @Bean
    Accounts accounts(JdbcClient jdbc, GrantsJson json, Clock clock) {
        return new Accounts(jdbc, json, clock);
    }

    @Bean
    PasswordSignIn passwordSignIn(
            Accounts accounts,
            Passwords passwords,
            JdbcClient jdbc,
            PlatformTransactionManager manager,
            SignInSettings settings,
            Clock clock) {
        var lock = new GuessLock(jdbc, new TransactionTemplate(manager), settings, clock);
        return new PasswordSignIn(accounts, passwords, lock);
    }

    @Bean
    FirstAdministrator firstAdministrator(
            Accounts accounts,
            Passwords passwords,
            SecureRandom random,
            Clock clock,
            StateSettings state) {
        return new FirstAdministrator(accounts, passwords, random, clock, state.stateDirectory());
    }

    /** Before the first request is taken; takes Flyway so that the tables are there. */
    @Bean
    InitializingBean firstAdministratorIsThere(Flyway migrated, FirstAdministrator first) {
        return first::ensure;
    }
}

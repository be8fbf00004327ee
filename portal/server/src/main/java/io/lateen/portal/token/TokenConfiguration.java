package io.lateen.portal.token;

import io.lateen.portal.secret.Seal;
import java.time.Clock;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the tokens for the backends. */
@Configuration(proxyBeanMethods = false)
public class TokenConfiguration {

    @Bean
    SigningKeys signingKeys(JdbcClient jdbc, Seal seal, Clock clock) {
        return new SigningKeys(jdbc, seal, clock);
    }

    /** Before the first request; takes Flyway so that the table is there. */
    @Bean
    InitializingBean signingKeyIsThere(Flyway migrated, SigningKeys keys) {
        return keys::ensure;
    }

    @Bean
    BackendTokens backendTokens(SigningKeys keys, Clock clock) {
        return new BackendTokens(keys, clock);
    }

    @Bean
    JwksController jwksController(SigningKeys keys) {
        return new JwksController(keys);
    }
}

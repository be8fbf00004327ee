package io.lateen.authca.issue;

import io.lateen.authca.attest.JoinTokens;
import io.lateen.authca.authority.Authority;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Wires issuing. */
@Configuration(proxyBeanMethods = false)
public class IssueConfiguration {

    @Bean
    JoinTokens joinTokens(JdbcClient jdbc, SecureRandom random, Clock clock) {
        return new JoinTokens(jdbc, random, clock);
    }

    @Bean
    Ledger ledger(JdbcClient jdbc, Clock clock) {
        return new Ledger(jdbc, clock);
    }

    @Bean
    Issuing issuing(
            Authority authority,
            JoinTokens tokens,
            Ledger ledger,
            MeterRegistry meters,
            TransactionTemplate transactions,
            Clock clock) {
        return new Issuing(
                authority,
                tokens,
                ledger,
                new IssueMetrics(meters, authority, clock),
                transactions);
    }
}

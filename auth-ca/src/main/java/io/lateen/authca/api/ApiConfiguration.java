package io.lateen.authca.api;

import io.lateen.access.AccessConfiguration;
import io.lateen.access.AccessPolicy;
import io.lateen.access.ProgramAccess;
import io.lateen.access.Role;
import io.lateen.authca.attest.JoinTokens;
import io.lateen.authca.authority.Authority;
import io.lateen.authca.issue.Ledger;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires REST. */
@Configuration(proxyBeanMethods = false)
@Import(AccessConfiguration.class)
public class ApiConfiguration {

    @Bean
    ProgramAccess programAccess() {
        // Roots are public by their nature; probes and scrapers bring no token.
        AccessPolicy policy =
                AccessPolicy.open(
                                RootsController.PATH,
                                "/actuator/health",
                                "/actuator/health/liveness",
                                "/actuator/health/readiness",
                                "/actuator/prometheus")
                        .writing(TokensController.PATH, Role.ADMIN);
        return new ProgramAccess("auth-ca", policy);
    }

    @Bean
    RootsController rootsController(Authority authority) {
        return new RootsController(authority);
    }

    @Bean
    TokensController tokensController(JoinTokens tokens, Authority authority, Clock clock) {
        return new TokensController(tokens, authority, clock);
    }

    @Bean
    LedgerController ledgerController(Ledger ledger) {
        return new LedgerController(ledger);
    }

    @Bean
    AuthorityHealth authorityHealth(Authority authority, Clock clock) {
        return new AuthorityHealth(authority, clock);
    }
}

package io.lateen.manager.access;

import io.lateen.access.AccessConfiguration;
import io.lateen.access.AccessPolicy;
import io.lateen.access.AdminToken;
import io.lateen.access.ProgramAccess;
import java.time.Clock;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Wires access: the usual tokens, and those that the database knows. */
@Configuration(proxyBeanMethods = false)
@Import(AccessConfiguration.class)
public class ManagerAccessConfiguration {

    @Bean
    Tokens tokens(AccessTokenRepository repository, Clock clock) {
        return new Tokens(repository, clock);
    }

    /** Lets the other managers on this database accept the administrator's token of this one. */
    @Bean
    InitializingBean administratorsToken(AdminToken admin, Tokens tokens) {
        return () -> tokens.accept(admin.value(), AdminToken.ADMIN);
    }

    @Bean
    ProgramAccess programAccess(Tokens tokens) {
        // These say nothing about the mesh, and clients ask for them before they log in.
        var policy = AccessPolicy.open("/version", "/livez", "/readyz", "/healthz");
        return new ProgramAccess("manager", policy, tokens);
    }
}

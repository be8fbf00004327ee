package io.lateen.portal.session;

import io.lateen.portal.account.Accounts;
import io.lateen.portal.account.FirstAdministrator;
import io.lateen.portal.account.PasswordSignIn;
import io.lateen.portal.account.Passwords;
import io.lateen.portal.address.PublicAddress;
import io.lateen.portal.audit.AuditLog;
import io.lateen.portal.store.Blocking;
import io.lateen.portal.store.GrantsJson;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the sessions. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SessionSettings.class)
public class SessionConfiguration {

    @Bean
    Endings endings() {
        return new Endings();
    }

    @Bean
    Sessions sessions(
            JdbcClient jdbc,
            GrantsJson json,
            SessionSettings settings,
            Endings endings,
            SecureRandom random,
            Clock clock) {
        return new Sessions(jdbc, json, settings, endings, random, clock);
    }

    @Bean
    StreamLife streamLife(Endings endings, Sessions sessions, Blocking blocking) {
        return new StreamLife(endings, sessions, blocking);
    }

    @Bean
    SessionCookie sessionCookie(PublicAddress address) {
        return new SessionCookie(address);
    }

    @Bean
    SessionContexts sessionContexts(SessionCookie cookie, Sessions sessions, Blocking blocking) {
        return new SessionContexts(cookie, sessions, blocking);
    }

    @Bean
    Sweeping sweeping(Sessions sessions, PasswordSignIn signIn) {
        return new Sweeping(sessions, signIn);
    }

    @Bean
    SessionController sessionController(
            PasswordSignIn signIn,
            Sessions sessions,
            SessionCookie cookie,
            AuditLog audit,
            Optional<SignInProvider> provider) {
        return new SessionController(
                signIn,
                sessions,
                cookie,
                audit,
                new SignInMethods(true, provider.map(List::of).orElse(List.of())));
    }

    @Bean
    OwnSessionsController ownSessionsController(
            Sessions sessions,
            Accounts accounts,
            Passwords passwords,
            FirstAdministrator first,
            AuditLog audit) {
        return new OwnSessionsController(sessions, accounts, passwords, first, audit);
    }
}

package io.lateen.portal.oidc;

import io.lateen.portal.address.PublicAddress;
import io.lateen.portal.audit.AuditLog;
import io.lateen.portal.session.SessionCookie;
import io.lateen.portal.session.Sessions;
import io.lateen.portal.session.SignInProvider;
import io.lateen.portal.store.Blocking;
import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Wires the provider, when an issuer is set. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OidcSettings.class)
@ConditionalOnProperty("lateen.portal.oidc.issuer")
public class OidcConfiguration {

    @Bean
    SignInProvider signInProvider(OidcSettings settings) {
        return new SignInProvider(settings.name(), "/oauth2/authorization/" + LateRegistration.ID);
    }

    @Bean
    OidcRequests oidcRequests(
            JdbcClient jdbc,
            JsonMapper mapper,
            Blocking blocking,
            PublicAddress address,
            SecureRandom random,
            Clock clock) {
        return new OidcRequests(jdbc, mapper, blocking, address, random, clock);
    }

    @Bean
    OidcLogin oidcLogin(
            OidcSettings settings,
            OidcRequests requests,
            PublicAddress address,
            Sessions sessions,
            SessionCookie cookie,
            AuditLog audit,
            Blocking blocking) {
        var arrival =
                new OidcArrival(
                        settings,
                        new GroupGrants(settings.grants()),
                        sessions,
                        cookie,
                        audit,
                        blocking);
        return new OidcLogin(new LateRegistration(settings, address, blocking), requests, arrival);
    }
}

package io.lateen.access;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Wires access into a program, which imports this and brings a {@link ProgramAccess} and a {@link
 * Clock}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
public class AccessConfiguration {

    /** The administrator's token, written before the web server takes its first request. */
    @Bean
    AdminToken adminToken(AccessSettings settings) {
        return AdminToken.in(settings.stateDirectory(), new SecureRandom());
    }

    @Bean
    FilterRegistrationBean<AccessFilter> accessFilter(
            ProgramAccess program,
            AccessSettings settings,
            AdminToken admin,
            Clock clock,
            Environment environment) {
        // Here, because the web server asks for its filters before it binds its port.
        RestAddress.requireTlsBeyondThisHost(settings, environment);
        var filter =
                new AccessFilter(program.policy(), credentials(program, settings, admin, clock));
        var registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns("/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    private static Credentials credentials(
            ProgramAccess program, AccessSettings settings, AdminToken admin, Clock clock) {
        AccessSettings.Tokens tokens = settings.access();
        SigningKeys keys =
                tokens.jwksUri()
                        .map(
                                uri ->
                                        new HttpKeySource(
                                                uri,
                                                Optional.ofNullable(tokens.jwksCertificates())))
                        .map(source -> new SigningKeys(source, clock))
                        .orElse(null);
        List<TokenBook> books = new ArrayList<>();
        books.add(admin);
        Optional.ofNullable(tokens.serviceTokensFolder())
                .ifPresent(folder -> books.add(new ServiceTokens(folder, clock)));
        // Last: it may ask a database.
        books.add(program.tokens());
        return new Credentials(
                new SignedTokens(program.audience(), keys, tokens.clockSkew(), clock), books);
    }
}

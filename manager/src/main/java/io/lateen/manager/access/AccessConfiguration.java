package io.lateen.manager.access;

import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Wires access: the tokens, the administrator's first one, and the filter before everything. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessSettings.class)
public class AccessConfiguration {

    @Bean
    Tokens tokens(AccessTokenRepository repository, Clock clock) {
        return new Tokens(repository, new SecureRandom(), clock);
    }

    /** Writes the administrator's token before the web server takes its first request. */
    @Bean
    InitializingBean administratorsToken(AccessSettings settings, Tokens tokens) {
        return new AdminToken(settings.stateDirectory(), tokens)::ensure;
    }

    @Bean
    FilterRegistrationBean<AccessFilter> accessFilter(Tokens tokens) {
        var registration = new FilterRegistrationBean<>(new AccessFilter(tokens));
        registration.addUrlPatterns("/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}

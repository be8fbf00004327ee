package io.lateen.portal.backend;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what is known of the backends. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BackendSettings.class)
public class BackendConfiguration {

    @Bean
    BackendTrust backendTrust(BackendSettings settings) {
        return BackendTrust.in(settings.backendRoots());
    }

    @Bean
    BackendStates backendStates(BackendSettings settings, Clock clock) {
        return new BackendStates(settings, clock);
    }
}

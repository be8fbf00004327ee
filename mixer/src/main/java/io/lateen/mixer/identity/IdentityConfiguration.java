package io.lateen.mixer.identity;

import io.lateen.access.AccessSettings;
import io.lateen.identity.ca.ProgramCertificate;
import io.lateen.model.identity.SpiffeId;
import io.lateen.model.identity.TrustDomain;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the mixer's identity; its certificate survives a restart in the state folder. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdentitySettings.class)
public class IdentityConfiguration {

    /** Whom its certificate names. */
    @Bean
    SpiffeId self(Environment environment) {
        return SpiffeId.ofSystem(
                new TrustDomain(
                        environment.getProperty("lateen.trust-domain", TrustDomain.DEFAULT.name())),
                "lateen-mixer");
    }

    @Bean
    ProgramCertificate ownCertificate(
            IdentitySettings settings,
            SpiffeId self,
            AccessSettings state,
            Environment environment,
            Clock clock) {
        return ProgramCertificate.start(
                settings.origin(),
                environment.getProperty("LATEEN_JOIN_TOKEN", ""),
                self,
                state.stateDirectory().resolve("identity"),
                clock);
    }
}

package io.lateen.manager.identity;

import io.lateen.access.AccessSettings;
import io.lateen.identity.CertificateFolder;
import io.lateen.identity.ca.CaSettings;
import io.lateen.identity.ca.CaSettings.JoinToken;
import io.lateen.identity.ca.KeptCertificate;
import io.lateen.model.identity.SpiffeId;
import io.lateen.model.identity.TrustDomain;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the manager's identity; its certificate survives a restart in the state folder. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdentitySettings.class)
public class IdentityConfiguration {

    private static final String NAME = "lateen-manager";

    @Bean
    OwnCertificate ownCertificate(
            IdentitySettings settings, AccessSettings state, Environment environment, Clock clock) {
        String address = settings.caAddress();
        Path roots = settings.caRoots();
        if (address == null || roots == null) {
            return new OwnCertificate(null);
        }
        TrustDomain domain =
                new TrustDomain(
                        environment.getProperty("lateen.trust-domain", TrustDomain.DEFAULT.name()));
        Path tokenFile = settings.joinTokenFile();
        JoinToken token =
                tokenFile == null
                        ? JoinToken.of(environment.getProperty("LATEEN_JOIN_TOKEN", ""))
                        : JoinToken.in(tokenFile);
        return new OwnCertificate(
                KeptCertificate.start(
                        CaSettings.read(
                                address,
                                roots,
                                token,
                                Optional.of(SpiffeId.ofSystem(domain, NAME)),
                                Optional.empty()),
                        Optional.of(
                                new CertificateFolder(
                                        state.stateDirectory().resolve("identity-" + NAME))),
                        clock,
                        new SecureRandom(),
                        UnaryOperator.identity()));
    }
}

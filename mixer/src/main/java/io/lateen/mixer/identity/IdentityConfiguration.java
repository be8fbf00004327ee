package io.lateen.mixer.identity;

import io.lateen.access.AccessSettings;
import io.lateen.identity.CertificateFolder;
import io.lateen.identity.ca.CaClient;
import io.lateen.identity.ca.CaSettings;
import io.lateen.identity.ca.CertificateRenewal;
import io.lateen.identity.ca.RenewalThread;
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

/** Wires the mixer's identity; its certificate survives a restart in the state folder. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdentitySettings.class)
public class IdentityConfiguration {

    @Bean
    OwnCertificate ownCertificate(
            IdentitySettings settings, AccessSettings state, Environment environment, Clock clock) {
        String address = settings.caAddress();
        Path roots = settings.caRoots();
        if (address == null || roots == null) {
            return OwnCertificate.none();
        }
        String token = environment.getProperty("LATEEN_JOIN_TOKEN", "");
        var random = new SecureRandom();
        var thread = new RenewalThread();
        var authority =
                new CaClient(
                        CaSettings.read(
                                address,
                                roots,
                                Optional.ofNullable(settings.joinTokenFile())
                                        .map(CaSettings.JoinToken::in)
                                        .orElse(CaSettings.JoinToken.of(token)),
                                Optional.of(SpiffeId.ofSystem(TrustDomain.DEFAULT, "lateen-mixer")),
                                Optional.empty()),
                        clock,
                        random,
                        UnaryOperator.identity());
        return OwnCertificate.renewedBy(
                new CertificateRenewal(
                        authority,
                        Optional.of(
                                new CertificateFolder(state.stateDirectory().resolve("identity"))),
                        new CertificateRenewal.Surroundings(clock, random::nextDouble, thread)),
                thread);
    }
}

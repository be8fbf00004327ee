package io.lateen.authca.serve;

import io.lateen.authca.authority.Authority;
import io.lateen.authca.issue.Issuing;
import io.lateen.authca.kubernetes.AccountTokens;
import io.lateen.identity.ca.CertificateRenewal;
import io.lateen.identity.ca.RenewalThread;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires gRPC. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServeSettings.class)
public class ServeConfiguration {

    @Bean(destroyMethod = "")
    CertificateServer certificateServer(
            ServeSettings settings,
            Issuing issuing,
            ObjectProvider<AccountTokens> cluster,
            Authority authority,
            SecureRandom random,
            Clock clock) {
        RenewalThread thread = new RenewalThread();
        CertificateRenewal own =
                new CertificateRenewal(
                        new OwnAuthority(issuing, authority, random),
                        // The root is here: the next start issues another.
                        Optional.empty(),
                        new CertificateRenewal.Surroundings(clock, random::nextDouble, thread));
        CertificateService service =
                new CertificateService(
                        issuing,
                        new AccountAttestation(Optional.ofNullable(cluster.getIfAvailable())));
        return new CertificateServer(settings.address(), own, thread, service, clock);
    }
}

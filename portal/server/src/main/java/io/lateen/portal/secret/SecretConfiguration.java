package io.lateen.portal.secret;

import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the sealing key. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StateSettings.class)
public class SecretConfiguration {

    /** The one source of chance. */
    @Bean
    SecureRandom secureRandom() {
        return new SecureRandom();
    }

    @Bean
    Seal seal(StateSettings settings, SecureRandom random) {
        byte[] drawn = new byte[Seal.KEY_BYTES];
        random.nextBytes(drawn);
        String line =
                OwnersFile.writeOnce(settings.keyFile(), Base64.getEncoder().encodeToString(drawn));
        try {
            return new Seal(Base64.getDecoder().decode(line), random);
        } catch (IllegalArgumentException e) {
            throw new UnusableKey(settings.keyFile(), e);
        }
    }
}

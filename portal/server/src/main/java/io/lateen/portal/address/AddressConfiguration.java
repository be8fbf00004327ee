package io.lateen.portal.address;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the public address. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AddressSettings.class)
public class AddressConfiguration {

    @Bean
    PublicAddress publicAddress(AddressSettings settings) {
        return new PublicAddress(settings.publicUrl());
    }
}

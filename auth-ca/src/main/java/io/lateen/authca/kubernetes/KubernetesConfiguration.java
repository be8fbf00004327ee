package io.lateen.authca.kubernetes;

import io.lateen.authca.authority.Authority;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires what is there on Kubernetes alone. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("lateen.kubernetes.enabled")
@EnableConfigurationProperties(KubernetesSettings.class)
public class KubernetesConfiguration {

    @Bean
    Cluster cluster(KubernetesSettings settings) {
        return new Cluster(settings);
    }

    @Bean
    AccountTokens accountTokens(Cluster cluster, KubernetesSettings settings, Authority authority) {
        return new AccountTokens(cluster, settings.audience(), authority.domain());
    }

    @Bean
    RootsPublication rootsPublication(
            Cluster cluster, KubernetesSettings settings, Authority authority) {
        return new RootsPublication(cluster, authority, settings.rootsConfigMap());
    }
}

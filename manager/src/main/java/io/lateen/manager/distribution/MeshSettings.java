package io.lateen.manager.distribution;

import io.lateen.manager.translate.envoy.OutboundPolicy;
import io.lateen.manager.translate.security.TrustDomains;
import io.lateen.model.identity.TrustDomain;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the whole mesh has in common, each as {@code --lateen.<name>}; the same on every manager.
 *
 * @param rootNamespace where policies for the whole mesh live
 * @param trustDomain in which certificates are issued
 * @param trustDomainAliases others whose identities mean the same workloads; none if not given
 * @param outboundTrafficPolicy whether hosts may be called that nobody declared
 */
@ConfigurationProperties("lateen")
public record MeshSettings(
        @DefaultValue("istio-system") String rootNamespace,
        @DefaultValue("cluster.local") String trustDomain,
        @DefaultValue({}) List<String> trustDomainAliases,
        @DefaultValue("ALLOW_ANY") OutboundPolicy outboundTrafficPolicy) {

    public MeshSettings {
        if (rootNamespace.isBlank()) {
            throw new IllegalArgumentException(
                    "lateen.root-namespace: found nothing, expected a namespace; leave it out for"
                            + " istio-system");
        }
        trustDomainAliases = List.copyOf(trustDomainAliases);
    }

    TrustDomains trust() {
        return new TrustDomains(
                new TrustDomain(trustDomain),
                trustDomainAliases.stream().map(TrustDomain::new).toList());
    }
}

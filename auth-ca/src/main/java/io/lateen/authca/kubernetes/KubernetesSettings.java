package io.lateen.authca.kubernetes;

import java.net.URI;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The cluster, each setting as {@code --lateen.kubernetes.<name>}. The defaults are those of a pod.
 *
 * @param enabled whether service accounts' tokens are taken and roots are published
 * @param apiServer where the API server is reached
 * @param account the folder with the authority's own token, the API server's roots and the
 *     namespace
 * @param audience that a workload's token has to be made for, so that one made for somebody else is
 *     worth nothing here
 * @param rootsConfigMap the ConfigMap that holds the roots, key {@code roots.pem}, in the
 *     authority's own namespace
 */
@ConfigurationProperties("lateen.kubernetes")
public record KubernetesSettings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("https://kubernetes.default.svc") URI apiServer,
        @DefaultValue("/var/run/secrets/kubernetes.io/serviceaccount") Path account,
        @DefaultValue("lateen-auth-ca") String audience,
        @DefaultValue("lateen-ca-roots") String rootsConfigMap) {

    /** Checks every setting. */
    public KubernetesSettings {
        if (apiServer.getHost() == null) {
            throw new IllegalArgumentException(
                    "lateen.kubernetes.api-server: found "
                            + apiServer
                            + ", expected https://host[:port]");
        }
        if (audience.isBlank()) {
            throw new IllegalArgumentException(
                    "lateen.kubernetes.audience: found nothing, expected a name; a token for nobody"
                            + " in particular is good for everybody who sees it");
        }
    }

    Path token() {
        return account.resolve("token");
    }

    Path roots() {
        return account.resolve("ca.crt");
    }

    Path namespace() {
        return account.resolve("namespace");
    }
}

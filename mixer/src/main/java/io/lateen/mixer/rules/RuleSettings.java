package io.lateen.mixer.rules;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where rules come from, each as {@code --lateen.manager.<name>}. Without an address there are no
 * rules.
 *
 * @param url the manager's REST: {@code http://127.0.0.1:7070}
 * @param tokenFile a file with a token of the role viewer; read at each attempt
 */
@ConfigurationProperties("lateen.manager")
public record RuleSettings(@Nullable URI url, @Nullable Path tokenFile) {

    public RuleSettings {
        if (url != null
                && (url.getHost() == null
                        || !("http".equals(url.getScheme()) || "https".equals(url.getScheme())))) {
            throw new IllegalArgumentException(
                    "lateen.manager.url: found '" + url + "', expected http(s)://host:port");
        }
        if (url != null && tokenFile == null) {
            throw new IllegalArgumentException(
                    "lateen.manager.token-file: found nothing, expected a file with a token of the"
                            + " role viewer");
        }
    }
}

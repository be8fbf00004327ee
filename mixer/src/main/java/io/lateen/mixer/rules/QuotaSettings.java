package io.lateen.mixer.rules;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of quota, each as {@code --lateen.quota.<name>}.
 *
 * @param keys how many values are counted apart, of all limits together; 100 to 10000000. Each
 *     takes some 150 bytes
 */
@ConfigurationProperties("lateen.quota")
public record QuotaSettings(@DefaultValue("100000") int keys) {

    public QuotaSettings {
        if (keys < 100 || keys > 10_000_000) {
            throw new IllegalArgumentException(
                    "lateen.quota.keys: found " + keys + ", expected 100 to 10000000");
        }
    }
}

package io.lateen.mixer.rest;

import io.lateen.mixer.plaintext.Plaintext;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of REST, each as {@code --lateen.<name>}.
 *
 * @param restAddress where REST, health and metrics are served, without TLS
 * @param restPlaintext says that something before it encrypts, so that the address need not be a
 *     loopback one
 */
@ConfigurationProperties("lateen")
public record RestSettings(
        @DefaultValue("127.0.0.1") String restAddress,
        @DefaultValue("false") boolean restPlaintext) {

    public RestSettings {
        if (!restPlaintext) {
            Plaintext.requireLoopback(
                    "lateen.rest-address", restAddress, "--lateen.rest-plaintext");
        }
    }
}

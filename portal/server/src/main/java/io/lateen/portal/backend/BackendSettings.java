package io.lateen.portal.backend;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the backends are, each as {@code --lateen.portal.<name>}.
 *
 * @param managerUrl the manager's REST: {@code http://127.0.0.1:7070}; without it the portal shows
 *     its own pages alone
 * @param mixerUrl the mixer's REST; without it there is no traffic to see
 * @param authCaUrl the auth-ca's REST; without it there are no certificates to see
 * @param backendRoots a PEM file with the roots that https backends' certificates must end in; the
 *     JDK's own without it
 * @param backendTimeout how long an answer may take to begin; a second to a minute
 */
@ConfigurationProperties("lateen.portal")
public record BackendSettings(
        @Nullable URI managerUrl,
        @Nullable URI mixerUrl,
        @Nullable URI authCaUrl,
        @Nullable Path backendRoots,
        @DefaultValue("15s") Duration backendTimeout) {

    /** Checks the addresses. */
    public BackendSettings {
        check("manager-url", managerUrl);
        check("mixer-url", mixerUrl);
        check("auth-ca-url", authCaUrl);
        if (backendTimeout.compareTo(Duration.ofSeconds(1)) < 0
                || backendTimeout.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException(
                    "lateen.portal.backend-timeout: found "
                            + backendTimeout
                            + ", expected a second to a minute");
        }
    }

    /** A backend's address; empty when it was not given. */
    public Optional<URI> url(Backend backend) {
        return Optional.ofNullable(
                switch (backend) {
                    case MANAGER -> managerUrl;
                    case MIXER -> mixerUrl;
                    case AUTH_CA -> authCaUrl;
                });
    }

    private static void check(String name, @Nullable URI url) {
        if (url == null) {
            return;
        }
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        boolean bare = url.getRawPath() == null || url.getRawPath().matches("/?");
        if (!http || url.getHost() == null || !bare) {
            throw new IllegalArgumentException(
                    "lateen.portal."
                            + name
                            + ": found '"
                            + url
                            + "', expected http[s]://host[:port] without a path");
        }
    }
}

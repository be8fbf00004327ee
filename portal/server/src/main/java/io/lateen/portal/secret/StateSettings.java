package io.lateen.portal.secret;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the portal keeps what is not for the database.
 *
 * @param stateDirectory {@code --lateen.state-directory}: the folder that holds {@code
 *     initial-password} and, unless the next names another file, {@code portal-key}; made when it
 *     is missing
 * @param portalKeyFile {@code --lateen.portal-key-file}: holds 32 bytes as base64, which seal the
 *     signing keys in the database; replicas share it; drawn when it is missing
 */
@ConfigurationProperties("lateen")
public record StateSettings(
        @DefaultValue(".lateen") Path stateDirectory, @Nullable Path portalKeyFile) {

    /** The file of the sealing key. */
    Path keyFile() {
        return portalKeyFile == null ? stateDirectory.resolve("portal-key") : portalKeyFile;
    }
}

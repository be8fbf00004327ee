package io.lateen.mixer.identity;

import io.lateen.identity.ca.ProgramCertificate;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the mixer's certificate comes from, each as {@code --lateen.identity.<name>}. Without any
 * of them the gRPC server is plaintext, on loopback addresses only.
 *
 * @param caAddress {@code host:port} of the certificate authority's gRPC
 * @param caRoots a PEM file with the roots that its chain must end in
 * @param joinTokenFile a file with a join token, read while there is no certificate; {@code
 *     LATEEN_JOIN_TOKEN} does as well
 */
@ConfigurationProperties("lateen.identity")
public record IdentitySettings(
        @Nullable String caAddress, @Nullable Path caRoots, @Nullable Path joinTokenFile) {

    /** Checks that what belongs together is together. */
    public IdentitySettings {
        var _ = new ProgramCertificate.Origin(caAddress, caRoots, joinTokenFile);
    }

    ProgramCertificate.Origin origin() {
        return new ProgramCertificate.Origin(caAddress, caRoots, joinTokenFile);
    }
}

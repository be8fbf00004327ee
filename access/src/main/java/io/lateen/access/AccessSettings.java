package io.lateen.access;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of access, the same in every program.
 *
 * @param stateDirectory {@code --lateen.state-directory}: the folder that holds {@code
 *     admin-token}; made when it is missing
 * @param restAddress {@code --lateen.rest-address}: where REST is served
 * @param restPlaintext {@code --lateen.rest-plaintext}: whether it may be served without TLS where
 *     other hosts reach it
 */
@ConfigurationProperties("lateen")
public record AccessSettings(
        @DefaultValue(".lateen") Path stateDirectory,
        @DefaultValue("127.0.0.1") String restAddress,
        boolean restPlaintext,
        @DefaultValue Tokens access) {

    /**
     * Which tokens are accepted beside the administrator's, each as {@code --lateen.access.<name>}.
     *
     * @param jwksUri where the keys are served with which the portal signs; without it no signed
     *     token is accepted
     * @param jwksCertificates a PEM file with the roots to trust at an https {@code jwksUri}; the
     *     JDK's own without it
     * @param serviceTokensFolder a folder of files {@code <actor>.<role>}, each holding a token
     * @param clockSkew how far the signer's clock may be off; 0 to 60 s
     */
    public record Tokens(
            Optional<URI> jwksUri,
            @Nullable Path jwksCertificates,
            @Nullable Path serviceTokensFolder,
            @DefaultValue("5s") Duration clockSkew) {

        public Tokens {
            jwksUri.ifPresent(Tokens::requireHttp);
            if (clockSkew.isNegative() || clockSkew.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new IllegalArgumentException(
                        "lateen.access.clock-skew: found " + clockSkew + ", expected 0s to 60s");
            }
        }

        private static void requireHttp(URI uri) {
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (!http || uri.getHost() == null) {
                throw new IllegalArgumentException(
                        "lateen.access.jwks-uri: found '"
                                + uri
                                + "', expected http(s)://host[:port]/.well-known/jwks.json");
            }
        }
    }
}

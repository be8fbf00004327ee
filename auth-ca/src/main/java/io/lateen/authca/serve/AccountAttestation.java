package io.lateen.authca.serve;

import io.lateen.authca.issue.Credential;
import io.lateen.authca.kubernetes.AccountTokens;
import io.lateen.authca.kubernetes.AccountTokens.Review;
import io.lateen.authca.kubernetes.ClusterUnavailable;
import java.util.Optional;

/**
 * Tells the tokens of Kubernetes' service accounts from our own, and has the cluster say whose one
 * is: before anything else, so that no transaction waits for it.
 */
final class AccountAttestation {

    /** How a JSON Web Token begins: an object, in Base64url. Join tokens have no dots. */
    private static final String JSON_WEB_TOKEN = "ey";

    private final Optional<AccountTokens> cluster;

    AccountAttestation(Optional<AccountTokens> cluster) {
        this.cluster = cluster;
    }

    /**
     * The credential, with a service account's token turned into whose it is.
     *
     * @throws ClusterUnavailable when the cluster cannot say now
     */
    Credential attest(Credential credential) throws ClusterUnavailable {
        if (!(credential instanceof Credential.Token(String secret)) || !isWebToken(secret)) {
            return credential;
        }
        if (cluster.isEmpty()) {
            return new Credential.None(
                    "credential: found a JSON Web Token, expected a join token: this authority"
                            + " serves no Kubernetes cluster (--lateen.kubernetes.enabled)");
        }
        try {
            return switch (cluster.get().review(secret)) {
                case Review.Genuine(var identity, String holder) ->
                        new Credential.Account(identity, holder);
                case Review.Worthless(String reason) -> new Credential.None(reason);
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a token was reviewed", e);
        }
    }

    private static boolean isWebToken(String secret) {
        return secret.startsWith(JSON_WEB_TOKEN)
                && secret.chars().filter(each -> each == '.').count() == 2;
    }
}

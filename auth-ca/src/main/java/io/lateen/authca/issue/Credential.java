package io.lateen.authca.issue;

import io.lateen.model.identity.SpiffeId;
import java.security.cert.X509Certificate;

/** What somebody proves with who they are. */
public sealed interface Credential {

    /** A join token. */
    record Token(String secret) implements Credential {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Token";
        }
    }

    /** A certificate of this mesh, whose key the handshake has proved. */
    record Certificate(X509Certificate leaf) implements Credential {}

    /**
     * A service account that its cluster has vouched for.
     *
     * @param holder the pod that showed the account's token
     */
    record Account(SpiffeId identity, String holder) implements Credential {}

    /** None, or one that cannot be read. */
    record None(String reason) implements Credential {}
}

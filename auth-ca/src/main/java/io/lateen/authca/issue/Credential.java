package io.lateen.authca.issue;

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

    /** None, or one that cannot be read. */
    record None(String reason) implements Credential {}
}

package io.lateen.authca.issue;

import java.security.cert.X509Certificate;
import java.util.List;

/** What came of a request. */
public sealed interface Outcome {

    /** A certificate. */
    record Issued(X509Certificate leaf, List<X509Certificate> roots) implements Outcome {}

    /** None, and why. */
    record Refused(Why why, String reason) implements Outcome {}

    /** Kinds of refusal. */
    enum Why {
        /** The credential is missing or worth nothing. */
        NOT_AUTHENTICATED,
        /** The credential is another's than the identity that is asked for. */
        FOREIGN_IDENTITY,
        /** The request cannot be read. */
        NOT_READABLE,
        /** The request is not to be signed by anybody. */
        NOT_SIGNABLE
    }
}

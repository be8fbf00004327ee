package io.lateen.portal.mesh;

import java.time.Instant;

/** A certificate that holds. */
public record Certificate(String identity, String serial, Instant notAfter) {

    /**
     * The namespace in {@code spiffe://<trust-domain>/ns/<namespace>/sa/<account>}; empty if none.
     */
    public String namespace() {
        int from = identity.indexOf("/ns/");
        int to = identity.indexOf("/sa/");
        return from < 0 || to < from ? "" : identity.substring(from + 4, to);
    }
}

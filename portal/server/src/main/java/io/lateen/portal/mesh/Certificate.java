package io.lateen.portal.mesh;

import java.time.Duration;
import java.time.Instant;

/**
 * A certificate that holds.
 *
 * @param notBefore from when on; the epoch when the auth-ca does not say
 */
public record Certificate(String identity, String serial, Instant notBefore, Instant notAfter) {
    /** Workloads renew at half of the life: with a quarter left, renewals have been missed. */
    private static final int SOON_PART = 4;

    private static final Duration SOON_AT_MOST = Duration.ofHours(6);

    /** Whether it ends soon, with no newer one in its place. */
    public boolean endsSoon(Instant now) {
        Duration part = Duration.between(notBefore, notAfter).dividedBy(SOON_PART);
        Duration soon = part.compareTo(SOON_AT_MOST) < 0 ? part : SOON_AT_MOST;
        return notAfter.isBefore(now.plus(soon));
    }

    /**
     * The namespace in {@code spiffe://<trust-domain>/ns/<namespace>/sa/<account>}; empty if none.
     */
    public String namespace() {
        int from = identity.indexOf("/ns/");
        int to = identity.indexOf("/sa/");
        return from < 0 || to < from ? "" : identity.substring(from + 4, to);
    }
}

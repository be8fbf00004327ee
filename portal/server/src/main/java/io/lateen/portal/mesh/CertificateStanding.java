package io.lateen.portal.mesh;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates in use.
 *
 * @param total identities with a certificate that holds
 * @param expiringSoon those of them whose newest certificate ends soon, soonest first
 * @param nextExpiryAt when the first of the newest ones ends; null when there is none
 */
public record CertificateStanding(
        int total, List<Expiring> expiringSoon, @Nullable Instant nextExpiryAt) {

    /** Copies the list. */
    public CertificateStanding {
        expiringSoon = List.copyOf(expiringSoon);
    }

    /** A certificate that ends soon. */
    public record Expiring(String identity, String serial, Instant endsAt) {}
}

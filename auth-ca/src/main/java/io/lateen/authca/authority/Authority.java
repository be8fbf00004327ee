package io.lateen.authca.authority;

import io.lateen.model.identity.SpiffeId;
import io.lateen.model.identity.TrustDomain;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Signs for as long as its root is in force. */
public final class Authority {

    private final Root root;
    private final AuthoritySettings settings;
    private final SecureRandom random;
    private final Clock clock;

    Authority(Root root, AuthoritySettings settings, SecureRandom random, Clock clock) {
        this.root = root;
        this.settings = settings;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Signs a certificate. Whether the caller is to have it, the caller of this has checked.
     *
     * @param lifetime wished for; {@link Duration#ZERO} for the default
     */
    public X509Certificate sign(PublicKey key, SpiffeId identity, Duration lifetime) {
        Instant now = clock.instant();
        Duration wished = lifetime.isZero() ? settings.certificateTtl() : lifetime;
        Duration granted =
                wished.compareTo(settings.longestCertificateTtl()) > 0
                        ? settings.longestCertificateTtl()
                        : wished;
        Instant end = now.plus(granted);
        Instant rootEnd = root.certificate().getNotAfter().toInstant();
        // A certificate that outlives its root would be refused without a word of why.
        return Certificates.workload(
                root, key, identity, now, end.isAfter(rootEnd) ? rootEnd : end, random);
    }

    /** Those that the mesh is to trust; the first signs. */
    public List<X509Certificate> roots() {
        return List.of(root.certificate());
    }

    /** Whose identities it vouches for. */
    public TrustDomain domain() {
        return settings.domain();
    }
}

package io.lateen.manager.identity;

import io.lateen.identity.CertificateSource;
import io.lateen.identity.ca.KeptCertificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who the manager is to proxies: nobody, or the holder of a certificate that is kept in force. */
public final class OwnCertificate implements AutoCloseable {
    private final @Nullable KeptCertificate kept;

    OwnCertificate(@Nullable KeptCertificate kept) {
        this.kept = kept;
    }

    /** Where the certificate is asked for; empty where there is no authority. */
    public Optional<CertificateSource> source() {
        return Optional.ofNullable(kept);
    }

    @Override
    public void close() {
        if (kept != null) {
            kept.close();
        }
    }
}

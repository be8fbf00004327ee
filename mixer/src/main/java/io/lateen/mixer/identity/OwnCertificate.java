package io.lateen.mixer.identity;

import io.lateen.identity.CertificateSource;
import io.lateen.identity.ca.CertificateRenewal;
import io.lateen.identity.ca.RenewalThread;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who the mixer is to sidecars: nobody, or the holder of a certificate that is kept in force. */
public final class OwnCertificate implements AutoCloseable {
    private final @Nullable CertificateRenewal renewal;
    private final @Nullable RenewalThread thread;

    private OwnCertificate(@Nullable CertificateRenewal renewal, @Nullable RenewalThread thread) {
        this.renewal = renewal;
        this.thread = thread;
    }

    static OwnCertificate none() {
        return new OwnCertificate(null, null);
    }

    static OwnCertificate renewedBy(CertificateRenewal renewal, RenewalThread thread) {
        renewal.start();
        return new OwnCertificate(renewal, thread);
    }

    /** Where the certificate is asked for; empty where there is no authority. */
    public Optional<CertificateSource> source() {
        return Optional.ofNullable(renewal);
    }

    @Override
    public void close() {
        if (renewal != null) {
            renewal.close();
        }
        if (thread != null) {
            thread.close();
        }
    }
}

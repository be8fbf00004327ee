package io.lateen.sidecar.tls;

import io.lateen.identity.PeerVerification;
import io.lateen.identity.PeerVerification.Peer;
import io.lateen.model.identity.SpiffeId;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;

/** Peers of the mesh, by the roots in force. One instance per set of roots. Any thread may ask. */
final class KnownPeers {

    private final List<X509Certificate> roots;
    private final ChainMemory<Known> chains;

    KnownPeers(List<X509Certificate> roots, InstantSource clock) {
        this.roots = List.copyOf(roots);
        this.chains =
                new ChainMemory<>(
                        (chain, peer, now) -> {
                            SpiffeId identity =
                                    PeerVerification.verify(chain, this.roots, peer, now);
                            return new Known(
                                    identity,
                                    ForwardedCertificate.of(chain.getFirst()) + ";URI=" + identity);
                        },
                        clock);
    }

    /**
     * A peer whose chain was verified.
     *
     * @param identity whom it names
     * @param forwarded an element of {@code x-forwarded-client-cert}, without whom it was shown to
     */
    record Known(SpiffeId identity, String forwarded) {}

    /** Whether these are the roots that it goes by. */
    boolean goesBy(List<X509Certificate> others) {
        return roots.equals(others);
    }

    /** How many chains were verified, rather than known. */
    int verified() {
        return chains.verified();
    }

    /**
     * Verifies a chain.
     *
     * @param shown as the peer sent it, leaf first
     * @throws CertificateException saying what is wrong with it
     */
    Known verify(Certificate[] shown, Peer peer) throws CertificateException {
        return chains.verify(shown, peer);
    }
}

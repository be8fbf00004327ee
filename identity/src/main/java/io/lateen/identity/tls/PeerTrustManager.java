package io.lateen.identity.tls;

import io.lateen.identity.PeerVerification;
import io.lateen.identity.PeerVerification.Peer;
import io.lateen.model.identity.SpiffeId;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Takes peers that a root in force vouches for and whose SPIFFE ID is wanted; the name by which
 * they were reached is no part of it. Asks for the roots at each handshake.
 */
public final class PeerTrustManager extends X509ExtendedTrustManager {

    private final Supplier<? extends Collection<X509Certificate>> roots;
    private final Predicate<SpiffeId> wanted;
    private final InstantSource clock;

    /**
     * Takes peers by these roots.
     *
     * @param roots those in force, asked for at each handshake
     * @param wanted which identities are taken
     */
    public PeerTrustManager(
            Supplier<? extends Collection<X509Certificate>> roots,
            Predicate<SpiffeId> wanted,
            InstantSource clock) {
        this.roots = roots;
        this.wanted = wanted;
        this.clock = clock;
    }

    private void check(X509Certificate[] chain, Peer peer) throws CertificateException {
        SpiffeId identity =
                PeerVerification.verify(List.of(chain), roots.get(), peer, clock.instant());
        if (!wanted.test(identity)) {
            throw new CertificateException(
                    "peer's identity: found " + identity + ", which is not the one wanted here");
        }
    }

    @Override
    public void checkClientTrusted(
            X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        check(chain, Peer.CLIENT);
    }

    @Override
    public void checkServerTrusted(
            X509Certificate[] chain, String authType, @Nullable SSLEngine engine)
            throws CertificateException {
        check(chain, Peer.SERVER);
    }

    @Override
    public void checkClientTrusted(
            X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        check(chain, Peer.CLIENT);
    }

    @Override
    public void checkServerTrusted(
            X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        check(chain, Peer.SERVER);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        check(chain, Peer.CLIENT);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
            throws CertificateException {
        check(chain, Peer.SERVER);
    }

    /** None by name: peers of the mesh have one certificate and show it. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}

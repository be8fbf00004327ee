package io.lateen.sidecar.tls;

import io.lateen.identity.PeerVerification.Peer;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets BoringSSL end a handshake whose peer is not vouched for. Who exactly the peer may be is
 * asked when the handshake is over, since a resumed one does not come by here.
 */
final class PeerTrust extends X509ExtendedTrustManager {

    private final Vetting vetting;
    private final X509Certificate[] issuers;

    /**
     * @param issuers whom clients are told of as those who vouch for them; none says anybody
     */
    PeerTrust(Vetting vetting, List<X509Certificate> issuers) {
        this.vetting = vetting;
        this.issuers = issuers.toArray(X509Certificate[]::new);
    }

    /** Says no to a chain by an exception. */
    interface Vetting {

        void vet(X509Certificate[] chain, Peer peer) throws CertificateException;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        vetting.vet(chain, Peer.CLIENT);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        vetting.vet(chain, Peer.SERVER);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return issuers.clone();
    }
}

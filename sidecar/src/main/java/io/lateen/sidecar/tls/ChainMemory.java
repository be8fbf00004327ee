package io.lateen.sidecar.tls;

import io.lateen.identity.PeerVerification.Peer;
import java.io.ByteArrayInputStream;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Verifies each chain of certificates once: a peer shows the same one at every handshake until it
 * renews it, and checking signatures is most of what a handshake costs. How long a chain is valid
 * is looked at each time. Any thread may ask.
 *
 * @param <T> what is known of a peer whose chain is good
 */
final class ChainMemory<T> {

    /** Beyond this all are verified anew, once: memory has a bound, whoever calls. */
    private static final int KEPT = 1_024;

    private final Vetting<T> vetting;
    private final InstantSource clock;
    private final Map<Chain, Good<T>> known = new ConcurrentHashMap<>();
    private final AtomicInteger verified = new AtomicInteger();

    ChainMemory(Vetting<T> vetting, InstantSource clock) {
        this.vetting = vetting;
        this.clock = clock;
    }

    /** Verifies a chain. */
    interface Vetting<T> {

        /**
         * What is known of the peer.
         *
         * @param chain leaf first
         * @throws CertificateException saying what is wrong with it
         */
        T vet(List<X509Certificate> chain, Peer peer, Instant now) throws CertificateException;
    }

    private record Good<T>(T peer, Instant notBefore, Instant notAfter) {}

    /** The bytes of a chain, and what the peer does with it. */
    private record Chain(List<byte[]> certificates, Peer peer) {

        @Override
        public boolean equals(Object other) {
            if (!(other instanceof Chain chain)
                    || chain.peer != peer
                    || chain.certificates.size() != certificates.size()) {
                return false;
            }
            for (int i = 0; i < certificates.size(); i++) {
                if (!Arrays.equals(certificates.get(i), chain.certificates.get(i))) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(certificates.getFirst());
        }
    }

    /** How many chains were verified, rather than known. */
    int verified() {
        return verified.get();
    }

    /**
     * Verifies a chain, unless it is known.
     *
     * @param shown as the peer sent it, leaf first
     * @throws CertificateException saying what is wrong with it
     */
    T verify(Certificate[] shown, Peer peer) throws CertificateException {
        Chain chain = chain(shown, peer);
        Instant now = clock.instant();
        Good<T> before = known.get(chain);
        // An expired one is verified anew as well: that says in what it is wrong.
        if (before != null
                && !now.isBefore(before.notBefore())
                && !now.isAfter(before.notAfter())) {
            return before.peer();
        }
        List<X509Certificate> certificates = parse(chain);
        T fresh = vetting.vet(certificates, peer, now);
        verified.incrementAndGet();
        if (known.size() >= KEPT) {
            known.clear();
        }
        known.put(chain, good(certificates, fresh));
        return fresh;
    }

    private static Chain chain(Certificate[] shown, Peer peer) throws CertificateException {
        if (shown.length == 0) {
            throw new CertificateException("peer's certificate: found none");
        }
        List<byte[]> certificates = new ArrayList<>(shown.length);
        for (Certificate each : shown) {
            certificates.add(each.getEncoded());
        }
        return new Chain(certificates, peer);
    }

    private static List<X509Certificate> parse(Chain chain) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> parsed = new ArrayList<>(chain.certificates().size());
        for (byte[] each : chain.certificates()) {
            if (factory.generateCertificate(new ByteArrayInputStream(each))
                    instanceof X509Certificate certificate) {
                parsed.add(certificate);
            }
        }
        return parsed;
    }

    private static <T> Good<T> good(List<X509Certificate> chain, T peer) {
        Instant notBefore = Instant.MIN;
        Instant notAfter = Instant.MAX;
        for (X509Certificate each : chain) {
            Instant from = each.getNotBefore().toInstant();
            Instant to = each.getNotAfter().toInstant();
            notBefore = from.isAfter(notBefore) ? from : notBefore;
            notAfter = to.isBefore(notAfter) ? to : notAfter;
        }
        return new Good<>(peer, notBefore, notAfter);
    }
}

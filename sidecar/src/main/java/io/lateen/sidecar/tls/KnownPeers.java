package io.lateen.sidecar.tls;

import io.lateen.identity.PeerVerification;
import io.lateen.identity.PeerVerification.Peer;
import io.lateen.model.identity.SpiffeId;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Verifies chains of peers by the roots in force, each chain once: a peer shows the same one at
 * every handshake until it renews it, and checking signatures is most of what a handshake costs.
 * How long a chain is valid is looked at each time.
 *
 * <p>One instance per set of roots. Any thread may ask.
 */
final class KnownPeers {

    /** Beyond this all are verified anew, once: memory has a bound, whoever calls. */
    private static final int KEPT = 1_024;

    private final List<X509Certificate> roots;
    private final InstantSource clock;
    private final Map<Chain, Known> known = new ConcurrentHashMap<>();
    private final AtomicInteger verified = new AtomicInteger();

    KnownPeers(List<X509Certificate> roots, InstantSource clock) {
        this.roots = List.copyOf(roots);
        this.clock = clock;
    }

    /**
     * A peer whose chain was verified.
     *
     * @param identity whom it names
     * @param notBefore when the last of its chain becomes valid
     * @param notAfter when the first of its chain runs out
     * @param forwarded an element of {@code x-forwarded-client-cert}, without whom it was shown to
     */
    record Known(SpiffeId identity, Instant notBefore, Instant notAfter, String forwarded) {}

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

    /** Whether these are the roots that it goes by. */
    boolean goesBy(List<X509Certificate> others) {
        return roots.equals(others);
    }

    /** How many chains were verified, rather than known. */
    int verified() {
        return verified.get();
    }

    /**
     * Verifies a chain.
     *
     * @param shown as the peer sent it, leaf first
     * @throws CertificateException saying what is wrong with it
     */
    Known verify(Certificate[] shown, Peer peer) throws CertificateException {
        Chain chain = chain(shown, peer);
        Instant now = clock.instant();
        Known before = known.get(chain);
        // An expired one is verified anew as well: that says in what it is wrong.
        if (before != null
                && !now.isBefore(before.notBefore())
                && !now.isAfter(before.notAfter())) {
            return before;
        }
        List<X509Certificate> certificates = parse(chain);
        SpiffeId identity = PeerVerification.verify(certificates, roots, peer, now);
        verified.incrementAndGet();
        Known fresh = known(certificates, identity);
        if (known.size() >= KEPT) {
            known.clear();
        }
        known.put(chain, fresh);
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

    private static Known known(List<X509Certificate> chain, SpiffeId identity)
            throws CertificateEncodingException {
        Instant notBefore = Instant.MIN;
        Instant notAfter = Instant.MAX;
        for (X509Certificate each : chain) {
            Instant from = each.getNotBefore().toInstant();
            Instant to = each.getNotAfter().toInstant();
            notBefore = from.isAfter(notBefore) ? from : notBefore;
            notAfter = to.isBefore(notAfter) ? to : notAfter;
        }
        X509Certificate leaf = chain.getFirst();
        String subject = leaf.getSubjectX500Principal().getName();
        return new Known(
                identity,
                notBefore,
                notAfter,
                "Hash="
                        + sha256(leaf.getEncoded())
                        + ";Subject=\""
                        + subject.replace("\\", "\\\\").replace("\"", "\\\"")
                        + "\";URI="
                        + identity);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

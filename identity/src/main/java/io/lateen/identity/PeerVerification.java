package io.lateen.identity;

import io.lateen.model.identity.SpiffeId;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells whose a chain of certificates is (X509-SVID §4, §5): it must end in a root that is trusted,
 * be valid now, be made for what the peer does with it, and name exactly one SPIFFE ID.
 */
public final class PeerVerification {

    private static final int URI = 6;
    private static final int LONGEST_CHAIN = 8;

    private PeerVerification() {}

    /** What the peer does with its certificate. */
    public enum Peer {
        /** It opened the connection. */
        CLIENT("1.3.6.1.5.5.7.3.2"),
        /** It accepted it. */
        SERVER("1.3.6.1.5.5.7.3.1");

        private final String usage;

        Peer(String usage) {
            this.usage = usage;
        }

        /** The object identifier of the extended key usage that allows it (RFC 5280 §4.2.1.12). */
        public String usage() {
            return usage;
        }
    }

    /**
     * Checks a peer's certificates.
     *
     * @param chain as the peer sent it, leaf first
     * @param roots those whose word is taken
     * @return who the peer is
     * @throws CertificateException saying what is wrong with the chain
     */
    public static SpiffeId verify(
            List<X509Certificate> chain, Collection<X509Certificate> roots, Peer peer, Instant now)
            throws CertificateException {
        if (chain.isEmpty() || chain.size() > LONGEST_CHAIN) {
            throw new CertificateException(
                    "peer's certificate: found a chain of "
                            + chain.size()
                            + ", expected 1 to "
                            + LONGEST_CHAIN);
        }
        X509Certificate leaf = chain.getFirst();
        checkDates(leaf, now);
        checkPath(chain, roots, now);
        checkLeaf(leaf, peer);
        return identityOf(leaf);
    }

    /**
     * The SPIFFE ID that a certificate names; says nothing on whether the certificate is genuine.
     *
     * @throws CertificateException if it has no URI as its subject's other name, several, or one of
     *     another form
     */
    public static SpiffeId identityOf(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        List<String> uris =
                names == null
                        ? List.of()
                        : names.stream()
                                .filter(name -> name.get(0) instanceof Integer type && type == URI)
                                .map(name -> String.valueOf(name.get(1)))
                                .toList();
        Optional<SpiffeId> identity =
                uris.size() == 1 ? SpiffeId.parse(uris.getFirst()) : Optional.empty();
        return identity.orElseThrow(
                () ->
                        new CertificateException(
                                "peer's certificate: found the URI names "
                                        + uris
                                        + ", expected one"
                                        + " spiffe://<domain>/ns/<namespace>/sa/<account>"));
    }

    /** Before the path, whose own message would not say by how much. */
    private static void checkDates(X509Certificate leaf, Instant now) throws CertificateException {
        Instant notBefore = leaf.getNotBefore().toInstant();
        Instant notAfter = leaf.getNotAfter().toInstant();
        if (now.isBefore(notBefore) || now.isAfter(notAfter)) {
            throw new CertificateException(
                    "peer's certificate: valid from "
                            + notBefore
                            + " to "
                            + notAfter
                            + ", but it is "
                            + now
                            + " here; if the peer renews its certificate, compare the clocks");
        }
    }

    private static void checkPath(
            List<X509Certificate> chain, Collection<X509Certificate> roots, Instant now)
            throws CertificateException {
        if (roots.isEmpty()) {
            throw new CertificateException("peer's certificate: no root is trusted here yet");
        }
        // A peer may send its root along; it proves nothing and is no part of the path.
        List<X509Certificate> path = chain.stream().filter(each -> !roots.contains(each)).toList();
        Set<TrustAnchor> anchors =
                roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toSet());
        try {
            PKIXParameters parameters = new PKIXParameters(anchors);
            // Certificates live for hours: they run out, nobody revokes them.
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(path),
                            parameters);
        } catch (InvalidAlgorithmParameterException e) {
            throw new CertificateException("peer's certificate: a root cannot be used", e);
        } catch (GeneralSecurityException e) {
            throw new CertificateException(
                    "peer's certificate: not vouched for by a root that is trusted here ("
                            + e.getMessage()
                            + ")",
                    e);
        }
    }

    private static void checkLeaf(X509Certificate leaf, Peer peer) throws CertificateException {
        if (leaf.getBasicConstraints() >= 0) {
            throw new CertificateException(
                    "peer's certificate: found an authority's, expected a workload's");
        }
        boolean[] keyUsage = leaf.getKeyUsage();
        if (keyUsage != null && !keyUsage[0]) {
            throw new CertificateException(
                    "peer's certificate: found a key usage without digitalSignature");
        }
        List<String> usages = leaf.getExtendedKeyUsage();
        if (usages != null && !usages.contains(peer.usage)) {
            throw new CertificateException(
                    "peer's certificate: found the extended key usages "
                            + usages
                            + ", expected "
                            + peer.usage
                            + " for a "
                            + peer);
        }
    }
}

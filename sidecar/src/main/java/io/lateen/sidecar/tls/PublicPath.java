package io.lateen.sidecar.tls;

import io.lateen.identity.PeerVerification.Peer;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Verifies that a certificate outside the mesh is vouched for (RFC 5280 §6): a path to a root,
 * whatever else the peer sent, with what certificates in it may be used for, name constraints and
 * dates. Signatures by SHA-1 and MD5 and RSA below 2048 bits are no proof.
 */
final class PublicPath {

    private static final int LONGEST_CHAIN = 10;
    private static final int LEAST_RSA_BITS = 2048;
    private static final String ANY_USE = "2.5.29.37.0";

    private PublicPath() {}

    /**
     * Checks a chain.
     *
     * @throws CertificateException saying what is wrong with it
     */
    static void check(
            List<X509Certificate> chain, List<X509Certificate> roots, Peer peer, Instant now)
            throws CertificateException {
        X509Certificate leaf = chain.getFirst();
        if (chain.size() > LONGEST_CHAIN) {
            throw new CertificateException(
                    "peer's certificate: found a chain of %d, expected at most %d"
                            .formatted(chain.size(), LONGEST_CHAIN));
        }
        checkDates(leaf, now);
        checkUse(leaf, peer);
        if (roots.contains(leaf)) {
            // Its own root: whoever trusts it trusts exactly this certificate.
            checkStrength(leaf, false);
            return;
        }
        for (Certificate each : path(chain, roots, now)) {
            if (each instanceof X509Certificate certificate) {
                checkStrength(certificate, true);
            }
        }
    }

    private static List<? extends Certificate> path(
            List<X509Certificate> chain, List<X509Certificate> roots, Instant now)
            throws CertificateException {
        Set<TrustAnchor> anchors = new HashSet<>();
        roots.forEach(root -> anchors.add(new TrustAnchor(root, null)));
        if (anchors.isEmpty()) {
            throw new CertificateException("peer's certificate: no root is trusted here");
        }
        try {
            X509CertSelector wanted = new X509CertSelector();
            wanted.setCertificate(chain.getFirst());
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, wanted);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            return CertPathBuilder.getInstance("PKIX")
                    .build(parameters)
                    .getCertPath()
                    .getCertificates();
        } catch (GeneralSecurityException e) {
            Throwable first = e.getCause() == null ? e : e.getCause();
            throw new CertificateException(
                    "peer's certificate: not vouched for by an authority that is trusted here ("
                            + first.getMessage()
                            + ")",
                    e);
        }
    }

    private static void checkDates(X509Certificate leaf, Instant now) throws CertificateException {
        Instant notBefore = leaf.getNotBefore().toInstant();
        Instant notAfter = leaf.getNotAfter().toInstant();
        if (now.isBefore(notBefore) || now.isAfter(notAfter)) {
            throw new CertificateException(
                    "peer's certificate: valid from %s to %s, but it is %s here"
                            .formatted(notBefore, notAfter, now));
        }
    }

    private static void checkUse(X509Certificate leaf, Peer peer) throws CertificateException {
        List<String> uses = leaf.getExtendedKeyUsage();
        if (uses != null && !uses.contains(peer.usage()) && !uses.contains(ANY_USE)) {
            throw new CertificateException(
                    "peer's certificate: not made for a "
                            + peer.name().toLowerCase(Locale.ROOT)
                            + " (extended key usage "
                            + uses
                            + ")");
        }
    }

    private static void checkStrength(X509Certificate certificate, boolean signedByAnother)
            throws CertificateException {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        if (signedByAnother && (algorithm.startsWith("SHA1") || algorithm.startsWith("MD"))) {
            throw new CertificateException(
                    "peer's certificate: signed with "
                            + certificate.getSigAlgName()
                            + ", which proves nothing any more");
        }
        if (certificate.getPublicKey() instanceof RSAKey rsa
                && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw new CertificateException(
                    "peer's certificate: found RSA of %d bits, expected %d or more"
                            .formatted(rsa.getModulus().bitLength(), LEAST_RSA_BITS));
        }
    }
}

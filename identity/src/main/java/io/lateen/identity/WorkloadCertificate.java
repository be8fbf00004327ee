package io.lateen.identity;

import io.lateen.model.identity.SpiffeId;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * A workload's proof of who it is, and those whose word it takes on others.
 *
 * @param key never printed, never sent anywhere
 * @param chain leaf first, without the root; at least one
 * @param roots those that peers' chains must end in; at least one
 * @param identity what the leaf says
 */
public record WorkloadCertificate(
        PrivateKey key,
        List<X509Certificate> chain,
        List<X509Certificate> roots,
        SpiffeId identity) {

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if a list is empty
     */
    public WorkloadCertificate {
        chain = List.copyOf(chain);
        roots = List.copyOf(roots);
        if (chain.isEmpty() || roots.isEmpty()) {
            throw new IllegalArgumentException(
                    "certificate: found "
                            + chain.size()
                            + " in the chain and "
                            + roots.size()
                            + " roots, expected one or more of each");
        }
    }

    /**
     * A certificate whose identity is read from its leaf.
     *
     * @throws CertificateException if the leaf names no SPIFFE ID, or more than one
     */
    public static WorkloadCertificate of(
            PrivateKey key, List<X509Certificate> chain, List<X509Certificate> roots)
            throws CertificateException {
        if (chain.isEmpty()) {
            throw new CertificateException("certificate: found an empty chain, expected a leaf");
        }
        return new WorkloadCertificate(
                key, chain, roots, PeerVerification.identityOf(chain.getFirst()));
    }

    /** The workload's own certificate. */
    public X509Certificate leaf() {
        return chain.getFirst();
    }

    /** From when it is accepted. */
    public Instant notBefore() {
        return leaf().getNotBefore().toInstant();
    }

    /** From when it is accepted no more. */
    public Instant notAfter() {
        return leaf().getNotAfter().toInstant();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "identity="
                + identity
                + " serial="
                + leaf().getSerialNumber().toString(16)
                + " notAfter="
                + notAfter();
    }
}

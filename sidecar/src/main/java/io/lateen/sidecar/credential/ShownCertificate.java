package io.lateen.sidecar.credential;

import com.google.protobuf.ByteString;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A certificate to show to those outside the mesh, and the key that goes with it.
 *
 * @param chain the certificate first
 * @param key RSA or EC
 * @param staple the authority's word that it was not revoked (an OCSP response, RFC 6066 §8); empty
 *     for none
 */
public record ShownCertificate(List<X509Certificate> chain, PrivateKey key, ByteString staple) {

    public ShownCertificate {
        chain = List.copyOf(chain);
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "certificate of " + chain.getFirst().getSubjectX500Principal();
    }
}

package io.lateen.sidecar.plan;

import io.lateen.sidecar.route.ValueMatch;
import java.util.List;

/** How connections from clients are decrypted. */
public sealed interface DownstreamTls {

    /** What is accepted in ALPN, best first; a client that offers none of these goes on without. */
    List<String> applicationProtocols();

    /**
     * As one of the mesh: with our own certificate, and by the roots that it came with.
     *
     * @param clientCertificate whether a client must prove who it is
     * @param identities whom a client may be, as text; any identity of the mesh when empty
     */
    record OfMesh(
            List<String> applicationProtocols,
            boolean clientCertificate,
            List<ValueMatch> identities)
            implements DownstreamTls {

        public OfMesh {
            applicationProtocols = List.copyOf(applicationProtocols);
            identities = List.copyOf(identities);
        }

        /** Whether an identity is one that a client may have. */
        public boolean accepts(String identity) {
            return UpstreamTls.accepts(identities, identity);
        }
    }

    /**
     * At the mesh's edge: with a certificate that clients outside it know.
     *
     * @param certificate what is shown
     * @param clients whether clients show one
     * @param trust what is asked of a client's
     * @param terms what may be agreed on
     */
    record Outside(
            List<String> applicationProtocols,
            CertificatePlace certificate,
            ClientCertificate clients,
            OutsideTrust trust,
            TlsTerms terms)
            implements DownstreamTls {

        public Outside {
            applicationProtocols = List.copyOf(applicationProtocols);
        }
    }

    /** Whether a client shows a certificate. */
    enum ClientCertificate {
        /** It is not asked for one. */
        NONE,
        /** It may; one that it shows must be good. */
        OPTIONAL,
        /** It must. */
        REQUIRED
    }
}

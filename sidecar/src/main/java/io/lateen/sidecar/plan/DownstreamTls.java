package io.lateen.sidecar.plan;

import io.lateen.sidecar.route.ValueMatch;
import java.util.List;

/**
 * How connections from clients are decrypted: with our own certificate, and by the roots that it
 * came with.
 *
 * @param applicationProtocols what is accepted in ALPN, best first; a client that offers none of
 *     these goes on without
 * @param clientCertificate whether a client must prove who it is
 * @param identities whom a client may be, as text; any identity of the mesh when empty
 */
public record DownstreamTls(
        List<String> applicationProtocols, boolean clientCertificate, List<ValueMatch> identities) {

    public DownstreamTls {
        applicationProtocols = List.copyOf(applicationProtocols);
        identities = List.copyOf(identities);
    }

    /** Whether an identity is one that a client may have. */
    public boolean accepts(String identity) {
        return UpstreamTls.accepts(identities, identity);
    }
}

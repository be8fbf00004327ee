package io.lateen.manager.ads;

import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.lateen.identity.CertificateSource;
import io.lateen.identity.tls.MeshCredentials;
import java.net.InetSocketAddress;
import java.time.InstantSource;

/**
 * An address on which proxies are awaited.
 *
 * @param settings the names of the settings that hold it, for messages
 */
public record Listening(String settings, InetSocketAddress address, ServerCredentials credentials) {

    /** For whoever can connect. */
    public static Listening plaintext(InetSocketAddress address) {
        return new Listening(
                "--lateen.xds-address, --lateen.xds-port",
                address,
                InsecureServerCredentials.create());
    }

    /** For proxies that show a certificate of the mesh. */
    public static Listening mutualTls(
            InetSocketAddress address, CertificateSource own, InstantSource clock) {
        return new Listening(
                "--lateen.xds-address, --lateen.xds-tls-port",
                address,
                MeshCredentials.server(
                        own, MeshCredentials.Clients.MUST_SHOW_A_CERTIFICATE, clock));
    }
}

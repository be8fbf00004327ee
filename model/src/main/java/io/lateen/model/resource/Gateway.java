package io.lateen.model.resource;

import io.lateen.model.naming.Hostname;
import io.lateen.model.service.Protocol;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which ports a proxy at the edge of the mesh opens, and for which hosts.
 *
 * @param selector labels that the proxy's workload must all have
 * @param servers that it opens
 */
public record Gateway(Map<String, String> selector, List<Server> servers) implements Spec {

    public Gateway {
        selector = Values.ordered(selector);
        servers = List.copyOf(servers);
    }

    /**
     * One port for some hosts.
     *
     * @param port that is opened
     * @param hosts that may be asked for there
     * @param bind address; null means the proxy's own
     * @param name unique among the servers; null if not named
     * @param tls how connections are encrypted; null means not at all
     * @param defaultEndpoint where connections go that no route takes; without effect
     */
    public record Server(
            ServerPort port,
            List<GatewayHost> hosts,
            @Nullable String bind,
            @Nullable String name,
            @Nullable ServerTls tls,
            @Nullable String defaultEndpoint) {

        public Server {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * The port that a server opens.
     *
     * @param number on which clients call
     * @param protocol spoken there
     * @param name unique among the servers' ports
     * @param targetPort that the proxy opens instead; null means {@code number}
     */
    public record ServerPort(
            int number, Protocol protocol, String name, @Nullable Integer targetPort) {}

    /**
     * A host that a server answers for: {@code dns} or {@code namespace/dns}.
     *
     * @param namespace whose VirtualServices may route it: a name, {@code .} for the Gateway's own,
     *     {@code *} for any; null where not written, which means any
     * @param host possibly a wildcard
     */
    public record GatewayHost(@Nullable String namespace, Hostname host) {

        /** Reads {@code dns} or {@code namespace/dns}. */
        public static GatewayHost parse(String text) {
            int slash = text.indexOf('/');
            return slash < 0
                    ? new GatewayHost(null, new Hostname(text))
                    : new GatewayHost(
                            text.substring(0, slash), new Hostname(text.substring(slash + 1)));
        }

        /** Whether VirtualServices of this namespace may route the host. */
        public boolean admits(String candidate, String gatewayNamespace) {
            if (namespace == null || namespace.equals("*")) {
                return true;
            }
            return candidate.equals(namespace.equals(".") ? gatewayNamespace : namespace);
        }

        @Override
        public String toString() {
            return namespace == null ? host.value() : namespace + "/" + host;
        }
    }

    /**
     * How a server's connections are encrypted.
     *
     * @param httpsRedirect whether plain requests are sent to the same address with https
     * @param mode whose certificates are asked for
     * @param serverCertificate file with the server's certificates
     * @param privateKey file with the server's key
     * @param caCertificates file with the authorities that sign clients
     * @param caCrl file with revoked certificates
     * @param credentialName secret that holds them instead
     * @param credentialNames secrets, one per kind of key
     * @param caCertCredentialName secret with the authorities that sign clients
     * @param tlsCertificates files, one entry per kind of key
     * @param subjectAltNames that a client's certificate may carry
     * @param verifyCertificateSpki hashes of keys that clients may have
     * @param verifyCertificateHash hashes of certificates that clients may have
     * @param minProtocolVersion oldest version of TLS
     * @param maxProtocolVersion newest version of TLS
     * @param cipherSuites offered
     * @param ecdhCurves offered
     * @param insecureSkipVerify whether a client's certificate is taken unseen
     */
    public record ServerTls(
            boolean httpsRedirect,
            ServerTlsMode mode,
            @Nullable String serverCertificate,
            @Nullable String privateKey,
            @Nullable String caCertificates,
            @Nullable String caCrl,
            @Nullable String credentialName,
            List<String> credentialNames,
            @Nullable String caCertCredentialName,
            List<TlsCertificate> tlsCertificates,
            List<String> subjectAltNames,
            List<String> verifyCertificateSpki,
            List<String> verifyCertificateHash,
            TlsVersion minProtocolVersion,
            TlsVersion maxProtocolVersion,
            List<String> cipherSuites,
            List<String> ecdhCurves,
            @Nullable Boolean insecureSkipVerify) {

        public ServerTls {
            credentialNames = List.copyOf(credentialNames);
            tlsCertificates = List.copyOf(tlsCertificates);
            subjectAltNames = List.copyOf(subjectAltNames);
            verifyCertificateSpki = List.copyOf(verifyCertificateSpki);
            verifyCertificateHash = List.copyOf(verifyCertificateHash);
            cipherSuites = List.copyOf(cipherSuites);
            ecdhCurves = List.copyOf(ecdhCurves);
        }
    }

    /** Whose certificates a server asks for. */
    public enum ServerTlsMode {
        /** The bytes are passed on, routed by server name. */
        PASSTHROUGH,
        /** The server shows its own. */
        SIMPLE,
        /** Both sides show theirs. */
        MUTUAL,
        /** The bytes are passed on to the cluster that the server name spells. */
        AUTO_PASSTHROUGH,
        /** Both sides show the mesh's. */
        ISTIO_MUTUAL,
        /** The client may show one. */
        OPTIONAL_MUTUAL
    }

    /** Versions of TLS. */
    public enum TlsVersion {
        /** As the proxy says. */
        TLS_AUTO,
        TLSV1_0,
        TLSV1_1,
        TLSV1_2,
        TLSV1_3
    }

    /**
     * Files of one certificate.
     *
     * @param serverCertificate file with the server's certificates
     * @param privateKey file with the server's key
     * @param caCertificates file with the authorities that sign clients
     */
    public record TlsCertificate(
            @Nullable String serverCertificate,
            @Nullable String privateKey,
            @Nullable String caCertificates) {}
}

package io.lateen.manager.translate.security;

import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.lateen.manager.translate.envoy.Deterministic;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.resource.Gateway;
import io.lateen.model.resource.TrafficPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Transport sockets that speak TLS with those outside the mesh. Certificates are named and never
 * sent: the proxy has them in files. Their names are Istio's, {@code kubernetes://<credential>} and
 * {@code file-cert:<chain>~<key>}.
 */
public final class OutsideTls {

    private static final String CREDENTIAL = "kubernetes://";
    private static final String OF_AUTHORITIES = "-cacert";
    private static final String ROOT_FILE = "file-root:";
    private static final String SYSTEM_ROOTS = ROOT_FILE + "system";

    private OutsideTls() {}

    /**
     * A server's.
     *
     * @param tls of mode SIMPLE, MUTUAL, OPTIONAL_MUTUAL or ISTIO_MUTUAL
     * @param applicationProtocols best first
     */
    public static TransportSocket server(
            Gateway.ServerTls tls, List<String> applicationProtocols, TrustDomains trust) {
        if (tls.mode() == Gateway.ServerTlsMode.ISTIO_MUTUAL) {
            return TlsContexts.server(applicationProtocols, trust);
        }
        CommonTlsContext.Builder common =
                CommonTlsContext.newBuilder()
                        .setTlsParams(parameters(tls))
                        .addAllAlpnProtocols(applicationProtocols)
                        .addTlsCertificateSdsSecretConfigs(
                                TlsContexts.secret(certificateName(tls)));
        boolean asks =
                tls.mode() == Gateway.ServerTlsMode.MUTUAL
                        || tls.mode() == Gateway.ServerTlsMode.OPTIONAL_MUTUAL;
        if (asks) {
            common.setCombinedValidationContext(
                    CommonTlsContext.CombinedCertificateValidationContext.newBuilder()
                            .setDefaultValidationContext(
                                    validation(tls.subjectAltNames())
                                            .addAllVerifyCertificateSpki(
                                                    tls.verifyCertificateSpki())
                                            .addAllVerifyCertificateHash(
                                                    tls.verifyCertificateHash()))
                            .setValidationContextSdsSecretConfig(
                                    TlsContexts.secret(rootsName(tls))));
        }
        return TlsContexts.socket(
                Deterministic.any(
                        DownstreamTlsContext.newBuilder()
                                .setCommonTlsContext(common)
                                .setRequireClientCertificate(
                                        tls.mode() == Gateway.ServerTlsMode.MUTUAL
                                                ? Words.yes()
                                                : Words.no())
                                .build()));
    }

    private static String certificateName(Gateway.ServerTls tls) {
        String credential = credential(tls);
        if (credential != null) {
            return CREDENTIAL + credential;
        }
        if (!tls.tlsCertificates().isEmpty()) {
            Gateway.TlsCertificate files = tls.tlsCertificates().getFirst();
            return files(files.serverCertificate(), files.privateKey());
        }
        return files(tls.serverCertificate(), tls.privateKey());
    }

    private static String files(@Nullable String chain, @Nullable String key) {
        return "file-cert:" + chain + "~" + key;
    }

    private static String rootsName(Gateway.ServerTls tls) {
        String apart = tls.caCertCredentialName();
        if (apart != null && !apart.isEmpty()) {
            return CREDENTIAL + apart + OF_AUTHORITIES;
        }
        String credential = credential(tls);
        if (credential != null) {
            return CREDENTIAL + credential + OF_AUTHORITIES;
        }
        String file = tls.caCertificates();
        if ((file == null || file.isEmpty()) && !tls.tlsCertificates().isEmpty()) {
            file = tls.tlsCertificates().getFirst().caCertificates();
        }
        return ROOT_FILE + file;
    }

    private static @Nullable String credential(Gateway.ServerTls tls) {
        String name = tls.credentialName();
        if (name != null && !name.isEmpty()) {
            return name;
        }
        return tls.credentialNames().isEmpty() ? null : tls.credentialNames().getFirst();
    }

    private static TlsParameters.Builder parameters(Gateway.ServerTls tls) {
        return TlsParameters.newBuilder()
                .setTlsMinimumProtocolVersion(
                        version(tls.minProtocolVersion(), TlsParameters.TlsProtocol.TLSv1_2))
                .setTlsMaximumProtocolVersion(
                        version(tls.maxProtocolVersion(), TlsParameters.TlsProtocol.TLSv1_3))
                .addAllCipherSuites(tls.cipherSuites())
                .addAllEcdhCurves(tls.ecdhCurves());
    }

    private static TlsParameters.TlsProtocol version(
            Gateway.TlsVersion written, TlsParameters.TlsProtocol auto) {
        return switch (written) {
            case TLS_AUTO -> auto;
            case TLSV1_0 -> TlsParameters.TlsProtocol.TLSv1_0;
            case TLSV1_1 -> TlsParameters.TlsProtocol.TLSv1_1;
            case TLSV1_2 -> TlsParameters.TlsProtocol.TLSv1_2;
            case TLSV1_3 -> TlsParameters.TlsProtocol.TLSv1_3;
        };
    }

    /**
     * A client's.
     *
     * @param tls of mode SIMPLE or MUTUAL
     * @param serverName that is asked for (SNI), and that the server's certificate must be for
     *     unless the rule names others
     */
    static TransportSocket client(
            TrafficPolicy.ClientTls tls, List<String> applicationProtocols, String serverName) {
        CommonTlsContext.Builder common =
                CommonTlsContext.newBuilder()
                        .setTlsParams(
                                TlsParameters.newBuilder()
                                        .setTlsMinimumProtocolVersion(
                                                TlsParameters.TlsProtocol.TLSv1_2)
                                        .setTlsMaximumProtocolVersion(
                                                TlsParameters.TlsProtocol.TLSv1_3))
                        .addAllAlpnProtocols(applicationProtocols);
        String credential = tls.credentialName();
        boolean byCredential = credential != null && !credential.isEmpty();
        if (tls.mode() == TrafficPolicy.ClientTlsMode.MUTUAL) {
            common.addTlsCertificateSdsSecretConfigs(
                    TlsContexts.secret(
                            byCredential
                                    ? CREDENTIAL + credential
                                    : files(tls.clientCertificate(), tls.privateKey())));
        }
        if (!Boolean.TRUE.equals(tls.insecureSkipVerify())) {
            String file = tls.caCertificates();
            String roots =
                    byCredential
                            ? CREDENTIAL + credential + OF_AUTHORITIES
                            : file == null || file.isEmpty() ? SYSTEM_ROOTS : ROOT_FILE + file;
            common.setCombinedValidationContext(
                    CommonTlsContext.CombinedCertificateValidationContext.newBuilder()
                            .setDefaultValidationContext(
                                    validation(
                                            tls.subjectAltNames().isEmpty()
                                                    ? List.of(serverName)
                                                    : tls.subjectAltNames()))
                            .setValidationContextSdsSecretConfig(TlsContexts.secret(roots)));
        }
        return TlsContexts.socket(
                Deterministic.any(
                        UpstreamTlsContext.newBuilder()
                                .setCommonTlsContext(common)
                                .setSni(serverName)
                                .build()));
    }

    private static CertificateValidationContext.Builder validation(List<String> names) {
        CertificateValidationContext.Builder validation = CertificateValidationContext.newBuilder();
        for (String name : names) {
            validation.addMatchTypedSubjectAltNames(
                    SubjectAltNameMatcher.newBuilder()
                            .setSanType(kind(name))
                            .setMatcher(StringMatcher.newBuilder().setExact(name)));
        }
        return validation;
    }

    private static SubjectAltNameMatcher.SanType kind(String name) {
        if (name.contains("://")) {
            return SubjectAltNameMatcher.SanType.URI;
        }
        if (name.contains("@")) {
            return SubjectAltNameMatcher.SanType.EMAIL;
        }
        boolean address = name.indexOf(':') >= 0 || name.matches("[0-9]+(\\.[0-9]+){3}");
        return address
                ? SubjectAltNameMatcher.SanType.IP_ADDRESS
                : SubjectAltNameMatcher.SanType.DNS;
    }
}

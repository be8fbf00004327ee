package io.lateen.manager.translate.security;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.ApiConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.lateen.manager.translate.envoy.Deterministic;
import io.lateen.manager.translate.envoy.Words;
import io.lateen.model.identity.SpiffeId;
import java.util.List;

/** Transport sockets that speak TLS with the mesh's certificates, and the one that speaks none. */
public final class TlsContexts {

    private static final String TLS = "envoy.transport_sockets.tls";

    /** Istio's, in its order: forward secrecy first. They are of TLS 1.2; 1.3 has its own. */
    private static final List<String> CIPHERS =
            List.of(
                    "ECDHE-ECDSA-AES256-GCM-SHA384",
                    "ECDHE-RSA-AES256-GCM-SHA384",
                    "ECDHE-ECDSA-AES128-GCM-SHA256",
                    "ECDHE-RSA-AES128-GCM-SHA256",
                    "AES256-GCM-SHA384",
                    "AES128-GCM-SHA256");

    /** From the proxy's own agent, as with Istio's; our proxies go by the name alone. */
    private static final ConfigSource AGENT =
            ConfigSource.newBuilder()
                    .setApiConfigSource(
                            ApiConfigSource.newBuilder()
                                    .setApiType(ApiConfigSource.ApiType.GRPC)
                                    .setTransportApiVersion(ApiVersion.V3)
                                    .setSetNodeOnFirstMessageOnly(true)
                                    .addGrpcServices(
                                            GrpcService.newBuilder()
                                                    .setEnvoyGrpc(
                                                            GrpcService.EnvoyGrpc.newBuilder()
                                                                    .setClusterName("sds-grpc"))))
                    .setInitialFetchTimeout(com.google.protobuf.Duration.getDefaultInstance())
                    .setResourceApiVersion(ApiVersion.V3)
                    .build();

    private TlsContexts() {}

    /** Connections are passed on as they are. */
    public static TransportSocket plain() {
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.raw_buffer")
                .setTypedConfig(Deterministic.any(RawBuffer.getDefaultInstance()))
                .build();
    }

    /** A client of the mesh, which shows its certificate and asks for the server's. */
    static TransportSocket client(
            List<String> applicationProtocols, List<StringMatcher> identities, String serverName) {
        return TransportSocket.newBuilder()
                .setName(TLS)
                .setTypedConfig(
                        Deterministic.any(
                                UpstreamTlsContext.newBuilder()
                                        .setCommonTlsContext(
                                                common(
                                                        parameters(),
                                                        applicationProtocols,
                                                        identities))
                                        .setSni(serverName)
                                        .build()))
                .build();
    }

    /** A client of one of the mesh's own programs, which speaks gRPC: {@code lateen-mixer}. */
    public static TransportSocket system(String account, TrustDomains trust) {
        return client(
                List.of("h2"),
                trust.identities(SpiffeId.SYSTEM_NAMESPACE, account).stream()
                        .map(identity -> StringMatcher.newBuilder().setExact(identity).build())
                        .toList(),
                account + "." + SpiffeId.SYSTEM_NAMESPACE + ".svc");
    }

    /** A server of the mesh, which lets in whom the mesh's roots vouch for. */
    static TransportSocket server(List<String> applicationProtocols, TrustDomains trust) {
        return TransportSocket.newBuilder()
                .setName(TLS)
                .setTypedConfig(
                        Deterministic.any(
                                DownstreamTlsContext.newBuilder()
                                        .setCommonTlsContext(
                                                common(
                                                        parameters().addAllCipherSuites(CIPHERS),
                                                        applicationProtocols,
                                                        prefixes(trust)))
                                        .setRequireClientCertificate(Words.yes())
                                        .build()))
                .build();
    }

    /** Any identity of the mesh. */
    static List<StringMatcher> prefixes(TrustDomains trust) {
        return trust.prefixes().stream()
                .map(prefix -> StringMatcher.newBuilder().setPrefix(prefix).build())
                .toList();
    }

    private static TlsParameters.Builder parameters() {
        return TlsParameters.newBuilder()
                .setTlsMinimumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_2)
                .setTlsMaximumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_3);
    }

    private static CommonTlsContext common(
            TlsParameters.Builder parameters,
            List<String> applicationProtocols,
            List<StringMatcher> identities) {
        CertificateValidationContext.Builder validation = CertificateValidationContext.newBuilder();
        for (StringMatcher identity : identities) {
            validation.addMatchTypedSubjectAltNames(
                    SubjectAltNameMatcher.newBuilder()
                            .setSanType(SubjectAltNameMatcher.SanType.URI)
                            .setMatcher(identity));
        }
        return CommonTlsContext.newBuilder()
                .setTlsParams(parameters)
                .addAllAlpnProtocols(applicationProtocols)
                .addTlsCertificateSdsSecretConfigs(secret("default"))
                .setCombinedValidationContext(
                        CommonTlsContext.CombinedCertificateValidationContext.newBuilder()
                                .setDefaultValidationContext(validation)
                                .setValidationContextSdsSecretConfig(secret("ROOTCA")))
                .build();
    }

    static TransportSocket socket(Any context) {
        return TransportSocket.newBuilder().setName(TLS).setTypedConfig(context).build();
    }

    static SdsSecretConfig secret(String name) {
        return SdsSecretConfig.newBuilder().setName(name).setSdsConfig(AGENT).build();
    }
}

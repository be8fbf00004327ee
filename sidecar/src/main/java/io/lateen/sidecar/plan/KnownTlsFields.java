package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;

/** What this sidecar understands of messages about TLS, as {@link KnownFields}. */
final class KnownTlsFields {

    private KnownTlsFields() {}

    static final Shape TRANSPORT_SOCKET =
            Shape.of(TransportSocket::getDescriptor)
                    .with(
                            TransportSocket.NAME_FIELD_NUMBER,
                            TransportSocket.TYPED_CONFIG_FIELD_NUMBER);

    private static final Shape VALIDATION =
            Shape.of(CertificateValidationContext::getDescriptor)
                    .with(
                            CertificateValidationContext.MATCH_SUBJECT_ALT_NAMES_FIELD_NUMBER,
                            CertificateValidationContext.VERIFY_CERTIFICATE_SPKI_FIELD_NUMBER,
                            CertificateValidationContext.VERIFY_CERTIFICATE_HASH_FIELD_NUMBER,
                            CertificateValidationContext.TRUST_CHAIN_VERIFICATION_FIELD_NUMBER)
                    .with(
                            CertificateValidationContext.MATCH_TYPED_SUBJECT_ALT_NAMES_FIELD_NUMBER,
                            Shape.of(SubjectAltNameMatcher::getDescriptor)
                                    .with(
                                            SubjectAltNameMatcher.SAN_TYPE_FIELD_NUMBER,
                                            SubjectAltNameMatcher.MATCHER_FIELD_NUMBER));

    private static final Shape PARAMETERS =
            Shape.of(TlsParameters::getDescriptor)
                    .with(
                            TlsParameters.TLS_MINIMUM_PROTOCOL_VERSION_FIELD_NUMBER,
                            TlsParameters.TLS_MAXIMUM_PROTOCOL_VERSION_FIELD_NUMBER,
                            TlsParameters.CIPHER_SUITES_FIELD_NUMBER,
                            TlsParameters.ECDH_CURVES_FIELD_NUMBER);

    // Within the mesh TLS 1.2 and 1.3 with AES-GCM whatever the parameters say: nothing weaker is
    // ever spoken, and both ends are the mesh's own. Where secrets come from is known by their
    // names.
    private static final Shape COMMON =
            Shape.of(CommonTlsContext::getDescriptor)
                    .with(CommonTlsContext.TLS_PARAMS_FIELD_NUMBER, PARAMETERS)
                    .with(
                            CommonTlsContext.ALPN_PROTOCOLS_FIELD_NUMBER,
                            CommonTlsContext.TLS_CERTIFICATE_SDS_SECRET_CONFIGS_FIELD_NUMBER,
                            CommonTlsContext.VALIDATION_CONTEXT_SDS_SECRET_CONFIG_FIELD_NUMBER)
                    .with(CommonTlsContext.VALIDATION_CONTEXT_FIELD_NUMBER, VALIDATION)
                    .with(
                            CommonTlsContext.COMBINED_VALIDATION_CONTEXT_FIELD_NUMBER,
                            Shape.of(
                                            CommonTlsContext.CombinedCertificateValidationContext
                                                    ::getDescriptor)
                                    .with(
                                            CommonTlsContext.CombinedCertificateValidationContext
                                                    .DEFAULT_VALIDATION_CONTEXT_FIELD_NUMBER,
                                            VALIDATION)
                                    .with(
                                            CommonTlsContext.CombinedCertificateValidationContext
                                                    .VALIDATION_CONTEXT_SDS_SECRET_CONFIG_FIELD_NUMBER));

    static final Shape UPSTREAM =
            Shape.of(UpstreamTlsContext::getDescriptor)
                    .with(UpstreamTlsContext.COMMON_TLS_CONTEXT_FIELD_NUMBER, COMMON)
                    .with(UpstreamTlsContext.SNI_FIELD_NUMBER);

    static final Shape DOWNSTREAM =
            Shape.of(DownstreamTlsContext::getDescriptor)
                    .with(DownstreamTlsContext.COMMON_TLS_CONTEXT_FIELD_NUMBER, COMMON)
                    .with(DownstreamTlsContext.REQUIRE_CLIENT_CERTIFICATE_FIELD_NUMBER);
}

package io.lateen.sidecar.plan;

import com.google.protobuf.Any;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.lateen.sidecar.route.ValueMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is said of TLS from Envoy's transport sockets. Within the mesh certificates come from
 * one place, the workload's own source: by the SDS names {@code default} and {@code ROOTCA}.
 */
final class TransportFactory {

    private static final String OWN_CERTIFICATE = "default";
    private static final String ROOTS = "ROOTCA";
    private static final String RAW = "envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer";
    private static final String UPSTREAM =
            "envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext";
    private static final String DOWNSTREAM =
            "envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext";

    private TransportFactory() {}

    /** How a cluster's endpoints are spoken to. */
    static EndpointTransport endpoints(Cluster from) throws Refusal {
        if (from.getTransportSocketMatchesCount() == 0 && !from.hasTransportSocket()) {
            return EndpointTransport.PLAIN;
        }
        List<EndpointTransport.Choice> choices = new ArrayList<>();
        for (int i = 0; i < from.getTransportSocketMatchesCount(); i++) {
            Cluster.TransportSocketMatch match = from.getTransportSocketMatches(i);
            String at = "transport_socket_matches[" + i + "]";
            choices.add(
                    new EndpointTransport.Choice(
                            labels(match.getMatch().getFieldsMap()),
                            match.hasTransportSocket()
                                    ? upstream(match.getTransportSocket(), at + ".transport_socket")
                                    : null));
        }
        return new EndpointTransport(
                choices,
                from.hasTransportSocket()
                        ? upstream(from.getTransportSocket(), "transport_socket")
                        : null);
    }

    private static Map<String, String> labels(Map<String, Value> from) {
        Map<String, String> labels = HashMap.newHashMap(from.size());
        from.forEach((name, value) -> labels.put(name, value.getStringValue()));
        return labels;
    }

    private static @Nullable UpstreamTls upstream(TransportSocket from, String at) throws Refusal {
        Any config = from.getTypedConfig();
        String field = at + ".typed_config";
        return switch (Reading.typeOf(config)) {
            case RAW -> null;
            case UPSTREAM ->
                    upstream(
                            Reading.unpack(
                                    config,
                                    UpstreamTlsContext.parser(),
                                    KnownTlsFields.UPSTREAM,
                                    field),
                            field);
            case String type when type.isEmpty() && from.getName().endsWith("raw_buffer") -> null;
            default -> throw unknown(config, field, "UpstreamTlsContext");
        };
    }

    private static UpstreamTls upstream(UpstreamTlsContext from, String at) throws Refusal {
        CommonTlsContext common = from.getCommonTlsContext();
        String inside = at + ".common_tls_context";
        if (!showsOwnCertificate(common)) {
            return OutsideTlsFactory.upstream(common, from.getSni(), inside);
        }
        checkOwnCertificate(common, inside);
        return new UpstreamTls.OfMesh(
                UpstreamTls.Offers.of(common.getAlpnProtocolsList()),
                from.getSni().toLowerCase(Locale.ROOT),
                identities(validation(common, inside), inside));
    }

    /** How connections of a filter chain are decrypted; null for those taken as they come. */
    static @Nullable DownstreamTls clients(TransportSocket from, String at) throws Refusal {
        Any config = from.getTypedConfig();
        String field = at + ".typed_config";
        return switch (Reading.typeOf(config)) {
            case RAW -> null;
            case DOWNSTREAM -> {
                DownstreamTlsContext tls =
                        Reading.unpack(
                                config,
                                DownstreamTlsContext.parser(),
                                KnownTlsFields.DOWNSTREAM,
                                field);
                CommonTlsContext common = tls.getCommonTlsContext();
                boolean demanded = tls.getRequireClientCertificate().getValue();
                String inside = field + ".common_tls_context";
                if (!showsOwnCertificate(common)) {
                    yield OutsideTlsFactory.downstream(common, demanded, inside);
                }
                checkOwnCertificate(common, inside);
                yield new DownstreamTls.OfMesh(
                        common.getAlpnProtocolsList(),
                        demanded,
                        demanded ? identities(validation(common, inside), inside) : List.of());
            }
            default -> throw unknown(config, field, "DownstreamTlsContext");
        };
    }

    private static Refusal unknown(Any config, String field, String expected) {
        return new Refusal(
                field,
                "is a %s; expected %s or RawBuffer".formatted(Reading.typeOf(config), expected));
    }

    /** Whether it is within the mesh: there everybody shows the workload's certificate. */
    private static boolean showsOwnCertificate(CommonTlsContext common) {
        return common.getTlsCertificateSdsSecretConfigsList().stream()
                .anyMatch(secret -> secret.getName().equals(OWN_CERTIFICATE));
    }

    private static void checkOwnCertificate(CommonTlsContext common, String at) throws Refusal {
        List<SdsSecretConfig> shown = common.getTlsCertificateSdsSecretConfigsList();
        if (shown.size() != 1 || !shown.getFirst().getName().equals(OWN_CERTIFICATE)) {
            throw new Refusal(
                    at + ".tls_certificate_sds_secret_configs",
                    "names %s; within the mesh a sidecar has one certificate: expected ['%s']"
                            .formatted(
                                    shown.stream().map(SdsSecretConfig::getName).toList(),
                                    OWN_CERTIFICATE));
        }
    }

    /** What is asked of the other side's certificate, beside the mesh's roots. */
    private static CertificateValidationContext validation(CommonTlsContext common, String at)
            throws Refusal {
        return switch (common.getValidationContextTypeCase()) {
            case COMBINED_VALIDATION_CONTEXT -> {
                CommonTlsContext.CombinedCertificateValidationContext both =
                        common.getCombinedValidationContext();
                checkRoots(
                        both.getValidationContextSdsSecretConfig(),
                        at + ".combined_validation_context.validation_context_sds_secret_config");
                yield both.getDefaultValidationContext();
            }
            case VALIDATION_CONTEXT_SDS_SECRET_CONFIG -> {
                checkRoots(
                        common.getValidationContextSdsSecretConfig(),
                        at + ".validation_context_sds_secret_config");
                yield CertificateValidationContext.getDefaultInstance();
            }
            case VALIDATION_CONTEXT,
                    VALIDATION_CONTEXT_CERTIFICATE_PROVIDER,
                    VALIDATION_CONTEXT_CERTIFICATE_PROVIDER_INSTANCE,
                    VALIDATIONCONTEXTTYPE_NOT_SET ->
                    throw new Refusal(
                            at,
                            "does not verify by the mesh's roots; expected"
                                    + " combined_validation_context with the secret "
                                    + ROOTS);
        };
    }

    private static void checkRoots(SdsSecretConfig secret, String at) throws Refusal {
        if (!secret.getName().equals(ROOTS)) {
            throw new Refusal(at, "is '%s'; expected '%s'".formatted(secret.getName(), ROOTS));
        }
    }

    @SuppressWarnings("deprecation") // match_subject_alt_names of older managers
    private static List<ValueMatch> identities(CertificateValidationContext from, String at)
            throws Refusal {
        List<ValueMatch> identities = new ArrayList<>();
        for (int i = 0; i < from.getMatchTypedSubjectAltNamesCount(); i++) {
            SubjectAltNameMatcher matcher = from.getMatchTypedSubjectAltNames(i);
            String field = at + ".match_typed_subject_alt_names[" + i + "]";
            if (matcher.getSanType() != SubjectAltNameMatcher.SanType.URI) {
                throw new Refusal(
                        field + ".san_type",
                        "is %s; expected URI, which SPIFFE IDs are"
                                .formatted(matcher.getSanType()));
            }
            identities.add(MatchFactory.value(matcher.getMatcher(), field + ".matcher"));
        }
        for (int i = 0; i < from.getMatchSubjectAltNamesCount(); i++) {
            identities.add(
                    MatchFactory.value(
                            from.getMatchSubjectAltNames(i),
                            at + ".match_subject_alt_names[" + i + "]"));
        }
        return identities;
    }
}

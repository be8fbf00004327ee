package io.lateen.sidecar.plan;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.lateen.sidecar.plan.DownstreamTls.ClientCertificate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is said of TLS with those outside the mesh. Certificates are on this machine, by the
 * SDS names that Istio gives them: {@code kubernetes://shop} is a folder of credentials, {@code
 * kubernetes://shop-cacert} the authorities in it, {@code file-cert:<chain>~<key>} and {@code
 * file-root:<file>} are files, {@code file-root:system} is the operating system's.
 */
final class OutsideTlsFactory {

    private static final String CREDENTIAL = "kubernetes://";
    private static final String OF_AUTHORITIES = "-cacert";
    private static final String FILES = "file-cert:";
    private static final String ROOT_FILE = "file-root:";
    private static final String SYSTEM = "file-root:system";

    /** One folder, never one above. */
    private static final Predicate<String> NAME =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,251}[A-Za-z0-9])?").asMatchPredicate();

    private static final Predicate<String> KEY_HASH =
            Pattern.compile("[A-Za-z0-9+/]{43}=").asMatchPredicate();

    private static final Predicate<String> HASH =
            Pattern.compile("[0-9a-f]{64}").asMatchPredicate();

    private OutsideTlsFactory() {}

    static DownstreamTls downstream(CommonTlsContext common, boolean demanded, String at)
            throws Refusal {
        CertificatePlace certificate = certificate(common, at);
        if (certificate == null) {
            throw new Refusal(
                    at + ".tls_certificate_sds_secret_configs",
                    "names none; expected one: a server shows a certificate");
        }
        OutsideTrust trust = trust(common, at);
        boolean asks = demanded || trust.roots() != null;
        if (demanded && trust.roots() == null && trust.keys().isEmpty()) {
            if (trust.fingerprints().isEmpty()) {
                throw new Refusal(
                        at,
                        "demands a client's certificate and does not say whose; expected a"
                                + " validation context with a secret");
            }
        }
        return new DownstreamTls.Outside(
                common.getAlpnProtocolsList(),
                certificate,
                demanded
                        ? ClientCertificate.REQUIRED
                        : asks ? ClientCertificate.OPTIONAL : ClientCertificate.NONE,
                trust,
                terms(common.getTlsParams(), at + ".tls_params"));
    }

    static UpstreamTls upstream(CommonTlsContext common, String serverName, String at)
            throws Refusal {
        return new UpstreamTls.Outside(
                UpstreamTls.Offers.of(common.getAlpnProtocolsList()),
                serverName.toLowerCase(Locale.ROOT),
                certificate(common, at),
                trust(common, at),
                terms(common.getTlsParams(), at + ".tls_params"));
    }

    private static @Nullable CertificatePlace certificate(CommonTlsContext common, String at)
            throws Refusal {
        List<SdsSecretConfig> shown = common.getTlsCertificateSdsSecretConfigsList();
        String field = at + ".tls_certificate_sds_secret_configs";
        if (shown.size() > 1) {
            throw new Refusal(field, "names %d certificates; expected one".formatted(shown.size()));
        }
        if (shown.isEmpty()) {
            return null;
        }
        String name = shown.getFirst().getName();
        if (name.startsWith(CREDENTIAL)) {
            return new CertificatePlace.Credential(
                    credential(name.substring(CREDENTIAL.length()), name, field));
        }
        int middle = name.indexOf('~');
        if (name.startsWith(FILES) && middle > 0) {
            return new CertificatePlace.Files(
                    Path.of(name.substring(FILES.length(), middle)),
                    Path.of(name.substring(middle + 1)));
        }
        throw new Refusal(
                field,
                "names '%s'; expected default, kubernetes://<name> or file-cert:<chain>~<key>"
                        .formatted(name));
    }

    private static String credential(String name, String written, String field) throws Refusal {
        if (!NAME.test(name) || name.contains("..")) {
            throw new Refusal(
                    field,
                    "names '%s'; expected the name of one credential of this gateway"
                            .formatted(written));
        }
        return name;
    }

    private static OutsideTrust trust(CommonTlsContext common, String at) throws Refusal {
        return switch (common.getValidationContextTypeCase()) {
            case COMBINED_VALIDATION_CONTEXT -> {
                CommonTlsContext.CombinedCertificateValidationContext both =
                        common.getCombinedValidationContext();
                String inside = at + ".combined_validation_context";
                yield trust(
                        roots(
                                both.getValidationContextSdsSecretConfig(),
                                inside + ".validation_context_sds_secret_config"),
                        both.getDefaultValidationContext(),
                        inside + ".default_validation_context");
            }
            case VALIDATION_CONTEXT_SDS_SECRET_CONFIG ->
                    trust(
                            roots(
                                    common.getValidationContextSdsSecretConfig(),
                                    at + ".validation_context_sds_secret_config"),
                            CertificateValidationContext.getDefaultInstance(),
                            at);
            case VALIDATION_CONTEXT ->
                    trust(null, common.getValidationContext(), at + ".validation_context");
            case VALIDATIONCONTEXTTYPE_NOT_SET -> OutsideTrust.NOTHING_ASKED;
            case VALIDATION_CONTEXT_CERTIFICATE_PROVIDER,
                    VALIDATION_CONTEXT_CERTIFICATE_PROVIDER_INSTANCE ->
                    throw new Refusal(
                            at, "verifies by a provider; expected combined_validation_context");
        };
    }

    private static RootsPlace roots(SdsSecretConfig secret, String at) throws Refusal {
        String name = secret.getName();
        if (name.equals(SYSTEM)) {
            return new RootsPlace.OfSystem();
        }
        if (name.startsWith(ROOT_FILE)) {
            return new RootsPlace.File(Path.of(name.substring(ROOT_FILE.length())));
        }
        if (name.startsWith(CREDENTIAL) && name.endsWith(OF_AUTHORITIES)) {
            return new RootsPlace.Credential(
                    credential(
                            name.substring(
                                    CREDENTIAL.length(), name.length() - OF_AUTHORITIES.length()),
                            name,
                            at));
        }
        throw new Refusal(
                at,
                "is '%s'; expected kubernetes://<name>-cacert, file-root:<file> or file-root:system"
                        .formatted(name));
    }

    @SuppressWarnings("deprecation") // match_subject_alt_names of older managers
    private static OutsideTrust trust(
            @Nullable RootsPlace roots, CertificateValidationContext from, String at)
            throws Refusal {
        List<SubjectName> names = new ArrayList<>();
        for (int i = 0; i < from.getMatchTypedSubjectAltNamesCount(); i++) {
            SubjectAltNameMatcher matcher = from.getMatchTypedSubjectAltNames(i);
            String field = at + ".match_typed_subject_alt_names[" + i + "]";
            names.add(
                    new SubjectName(
                            kind(matcher.getSanType(), field + ".san_type"),
                            MatchFactory.value(matcher.getMatcher(), field + ".matcher")));
        }
        for (int i = 0; i < from.getMatchSubjectAltNamesCount(); i++) {
            for (SubjectName.Kind kind : SubjectName.Kind.values()) {
                names.add(
                        new SubjectName(
                                kind,
                                MatchFactory.value(
                                        from.getMatchSubjectAltNames(i),
                                        at + ".match_subject_alt_names[" + i + "]")));
            }
        }
        boolean unseen =
                from.getTrustChainVerification()
                        == CertificateValidationContext.TrustChainVerification.ACCEPT_UNTRUSTED;
        if (!names.isEmpty() && (roots == null || unseen)) {
            throw new Refusal(
                    at, "asks for names that nobody vouches for; expected a secret with roots");
        }
        return new OutsideTrust(
                unseen ? null : roots,
                names,
                hashes(from.getVerifyCertificateSpkiList(), KEY_HASH, at, "spki"),
                hashes(
                        from.getVerifyCertificateHashList().stream()
                                .map(hash -> hash.replace(":", "").toLowerCase(Locale.ROOT))
                                .toList(),
                        HASH,
                        at,
                        "hash"));
    }

    private static Set<String> hashes(
            List<String> from, Predicate<String> form, String at, String what) throws Refusal {
        for (String each : from) {
            if (!form.test(each)) {
                throw new Refusal(
                        at + ".verify_certificate_" + what,
                        "holds '%s'; expected SHA-256 as %s"
                                .formatted(each, what.equals("spki") ? "Base64" : "hexadecimal"));
            }
        }
        return new HashSet<>(from);
    }

    private static SubjectName.Kind kind(SubjectAltNameMatcher.SanType type, String at)
            throws Refusal {
        return switch (type) {
            case EMAIL -> SubjectName.Kind.EMAIL;
            case DNS -> SubjectName.Kind.DNS;
            case URI -> SubjectName.Kind.URI;
            case IP_ADDRESS -> SubjectName.Kind.ADDRESS;
            case OTHER_NAME, SAN_TYPE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new Refusal(
                            at, "is %s; expected DNS, URI, EMAIL or IP_ADDRESS".formatted(type));
        };
    }

    private static TlsTerms terms(TlsParameters from, String at) throws Refusal {
        TlsTerms.Version oldest =
                version(
                        from.getTlsMinimumProtocolVersion(),
                        TlsTerms.Version.TLS_1_2,
                        at + ".tls_minimum_protocol_version");
        TlsTerms.Version newest =
                version(
                        from.getTlsMaximumProtocolVersion(),
                        TlsTerms.Version.TLS_1_3,
                        at + ".tls_maximum_protocol_version");
        if (newest.compareTo(oldest) < 0) {
            throw new Refusal(at, "has a newest version before the oldest");
        }
        return new TlsTerms(
                oldest,
                newest,
                known(
                        from.getCipherSuitesList(),
                        TlsTerms.KNOWN_CIPHERS,
                        TlsTerms.DEFAULT.ciphers(),
                        at + ".cipher_suites"),
                known(
                        from.getEcdhCurvesList(),
                        TlsTerms.KNOWN_GROUPS,
                        List.of(),
                        at + ".ecdh_curves"));
    }

    private static TlsTerms.Version version(
            TlsParameters.TlsProtocol from, TlsTerms.Version auto, String at) throws Refusal {
        return switch (from) {
            case TLS_AUTO -> auto;
            case TLSv1_2 -> TlsTerms.Version.TLS_1_2;
            case TLSv1_3 -> TlsTerms.Version.TLS_1_3;
            case TLSv1_0, TLSv1_1, UNRECOGNIZED ->
                    throw new Refusal(at, "is %s; expected TLSv1_2 or TLSv1_3".formatted(from));
        };
    }

    private static List<String> known(
            List<String> from, List<String> all, List<String> otherwise, String at) throws Refusal {
        for (String each : from) {
            if (!all.contains(each)) {
                throw new Refusal(at, "holds '%s'; expected some of %s".formatted(each, all));
            }
        }
        return from.isEmpty() ? otherwise : from;
    }
}

package io.lateen.authca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.grpc.Status;
import io.lateen.authca.Requests.Answered;
import io.lateen.authca.Requests.Wished;
import io.lateen.identity.WorkloadCertificate;
import io.lateen.identity.ca.CertificateProtocol.Request;
import io.lateen.testkit.certificate.ScriptedAuthority;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What is refused, each with its reason. */
@SuppressWarnings("NullAway.Init") // fields are set by JUnit
class RefusalsTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    private static final String REVIEWS = "spiffe://cluster.local/ns/default/sa/reviews";
    private static final String MANAGER =
            "spiffe://cluster.local/ns/lateen-system/sa/lateen-manager";

    @TempDir static Path state;
    static RunningAuthority authority;

    @BeforeAll
    static void start() {
        authority = RunningAuthority.on(DATABASE.url(), state);
    }

    @AfterAll
    static void stop() {
        authority.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void refusesARequest(String what, String csr, Status.Code code, String reason) {
        Answered answered =
                Requests.send(
                        authority,
                        Optional.of("Bearer " + authority.token("default", "reviews")),
                        new Request(csr, 0));

        assertThat(answered.chain()).as(what).isEmpty();
        assertThat(answered.status().getCode()).as(what).isEqualTo(code);
        assertThat(answered.status().getDescription()).as(what).contains(reason);
    }

    static Stream<Arguments> requests() {
        KeyPair key = Requests.key();
        KeyPair other = Requests.key();
        KeyPair rsa1024 = Requests.key("RSA", "1024");
        KeyPair p521 = Requests.key("EC", "secp521r1");
        KeyPair ed25519 = Requests.key("Ed25519", "");
        String good = Requests.csr();
        return Stream.of(
                bad("empty", "", "found 0 times -----BEGIN CERTIFICATE REQUEST-----"),
                bad("two requests", good + good, "found 2 times"),
                bad("too long", "x".repeat(20_000), "expected at most 16384"),
                bad(
                        "not DER",
                        "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE"
                                + " REQUEST-----\n",
                        "expected PKCS #10 as PEM"),
                bad(
                        "not Base64",
                        "-----BEGIN CERTIFICATE REQUEST-----\n!\n-----END CERTIFICATE"
                                + " REQUEST-----\n",
                        "expected PKCS #10 as PEM"),
                bad(
                        "signed by another key",
                        Requests.csr(key, other, "SHA256withECDSA", ""),
                        "csr.signature: found one that is not by the request's key"),
                bad(
                        "signed with SHA-1",
                        Requests.csr(key, key, "SHA1withECDSA", ""),
                        "csr.signature: found the algorithm 1.2.840.10045.4.1"),
                bad(
                        "RSA of 1024 bits",
                        Requests.csr(rsa1024, rsa1024, "SHA256withRSA", ""),
                        "csr.key: found RSA of 1024 bits"),
                bad(
                        "P-521",
                        Requests.csr(p521, p521, "SHA512withECDSA", ""),
                        "csr.key: found the curve"),
                bad(
                        "Ed25519",
                        Requests.csr(ed25519, ed25519, "Ed25519", ""),
                        "expected ECDSA on P-256"),
                bad(
                        "an authority",
                        Requests.csr(
                                new Wished(Extension.basicConstraints, new BasicConstraints(true))),
                        "csr.basicConstraints: found CA:true"),
                bad(
                        "a signer of others",
                        Requests.csr(
                                new Wished(Extension.keyUsage, new KeyUsage(KeyUsage.keyCertSign))),
                        "csr.keyUsage: found keyCertSign"),
                bad(
                        "a DNS name beside its own",
                        Requests.csr(
                                new Wished(
                                        Extension.subjectAlternativeName,
                                        new GeneralNames(
                                                new GeneralName[] {
                                                    new GeneralName(
                                                            GeneralName.uniformResourceIdentifier,
                                                            REVIEWS),
                                                    new GeneralName(GeneralName.dNSName, "reviews")
                                                }))),
                        "found the name reviews"),
                bad(
                        "an extension nobody knows",
                        Requests.csr(
                                new Wished(
                                        Extension.nameConstraints,
                                        new DEROctetString(new byte[] {1}))),
                        "csr.extensions: found 2.5.29.30"),
                arguments(
                        "another's identity",
                        Requests.csr(
                                new Wished(
                                        Extension.subjectAlternativeName, Requests.uris(MANAGER))),
                        Status.Code.PERMISSION_DENIED,
                        "found " + MANAGER + ", but the credential is of " + REVIEWS),
                arguments(
                        "another's identity beside its own",
                        Requests.csr(
                                new Wished(
                                        Extension.subjectAlternativeName,
                                        Requests.uris(REVIEWS, MANAGER))),
                        Status.Code.PERMISSION_DENIED,
                        "found " + MANAGER));
    }

    private static Arguments bad(String what, String csr, String reason) {
        return arguments(what, csr, Status.Code.INVALID_ARGUMENT, reason);
    }

    @Test
    void refusesWishesThatItDoesNotKnow() {
        Struct metadata =
                Struct.newBuilder()
                        .putFields(
                                "ImpersonatedIdentity",
                                Value.newBuilder().setStringValue(MANAGER).build())
                        .build();

        Answered impersonation = byToken(new Request(Requests.csr(), 0, metadata));
        Answered instant = byToken(new Request(Requests.csr(), 5));
        Answered negative = byToken(new Request(Requests.csr(), -1));

        assertThat(impersonation.status().getDescription())
                .contains("metadata: found [ImpersonatedIdentity]");
        assertThat(instant.status().getDescription()).contains("validity_duration: found 5 s");
        assertThat(negative.status().getDescription()).contains("validity_duration: found -1 s");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("credentials")
    void refusesACredential(String what, Optional<String> header, String reason) {
        Answered answered = Requests.send(authority, header, new Request(Requests.csr(), 0));

        assertThat(answered.status().getCode()).as(what).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(answered.status().getDescription()).as(what).contains(reason);
    }

    static Stream<Arguments> credentials() {
        return Stream.of(
                arguments("none", Optional.empty(), "credential: found none"),
                arguments("another scheme", Optional.of("Basic eDp5"), "found another scheme"),
                arguments("empty", Optional.of("Bearer  "), "found an empty token"),
                arguments(
                        "guessed",
                        Optional.of("Bearer " + UUID.randomUUID()),
                        "found one that nobody made here"));
    }

    @Test
    void refusesARevokedToken() {
        JsonNode token = authority.tokenAnswer("default", "reviews", "1h");
        assertThat(
                        authority
                                .send(
                                        "DELETE",
                                        "/lateen/v1/tokens/" + token.get("id").asString(),
                                        "")
                                .statusCode())
                .isEqualTo(204);

        Answered answered =
                Requests.send(
                        authority,
                        Optional.of("Bearer " + token.get("token").asString()),
                        new Request(Requests.csr(), 0));

        assertThat(answered.status().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(answered.status().getDescription()).contains("it was revoked at");
    }

    @Test
    void refusesACertificateOfAnotherRoot() throws Exception {
        ScriptedAuthority foreign = ScriptedAuthority.root("cluster.local", Instant.now());
        ScriptedAuthority.Leaf leaf = foreign.issue(REVIEWS, Instant.now());

        Answered answered =
                Requests.send(
                        authority,
                        WorkloadCertificate.of(leaf.key(), leaf.chain(), authority.roots()),
                        new Request(Requests.csr(), 0));

        assertThat(answered.status().getCode())
                .as("the handshake fails: %s", answered.status())
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void countsWhatItRefusedByKind() {
        byToken(new Request("nonsense", 0));
        byToken(new Request(Requests.csr(), 5));
        Requests.send(authority, Optional.empty(), new Request(Requests.csr(), 0));
        byToken(new Request(Requests.csr(), 0));

        String metrics =
                authority
                        .send(
                                java.net.http.HttpRequest.newBuilder(
                                                java.net.URI.create(
                                                        authority.url() + "/actuator/prometheus"))
                                        .build())
                        .body();

        for (String name :
                new String[] {
                    "citadel_server_csr_count",
                    "citadel_server_success_cert_issuance_count",
                    "citadel_server_authentication_failure_count",
                    "citadel_server_csr_parsing_err_count",
                    "citadel_server_csr_sign_err_count",
                    "citadel_server_root_cert_expiry_timestamp",
                    "citadel_server_root_cert_expiry_seconds",
                    "citadel_server_cert_chain_expiry_timestamp"
                }) {
            assertThat(metrics).containsPattern("(?m)^" + name + " [1-9]");
        }
    }

    private static Answered byToken(Request request) {
        return Requests.send(
                authority, Optional.of("Bearer " + authority.token("default", "reviews")), request);
    }
}

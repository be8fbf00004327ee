package io.lateen.authca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.lateen.authca.Requests.Answered;
import io.lateen.authca.Requests.Wished;
import io.lateen.identity.Pem;
import io.lateen.identity.WorkloadCertificate;
import io.lateen.identity.ca.CaClient;
import io.lateen.identity.ca.CertificateAuthority.Answer;
import io.lateen.identity.ca.CertificateProtocol.Request;
import io.lateen.model.identity.SpiffeId;
import io.lateen.model.identity.TrustDomain;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What is issued, over real gRPC, seen by others. */
@SuppressWarnings("NullAway.Init") // fields are set by JUnit
class IssuingTest {
    @RegisterExtension static final EmbeddedDatabase DATABASE = new EmbeddedDatabase();

    private static final SpiffeId REVIEWS =
            new SpiffeId(TrustDomain.DEFAULT, "default", "bookinfo-reviews");

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

    @Test
    void opensslAcceptsTheChainAndSeesOneName(@TempDir Path folder) throws Exception {
        List<String> chain = byToken(Requests.csr()).chain();
        Path leaf = Files.writeString(folder.resolve("leaf.pem"), chain.getFirst());
        Path root = Files.writeString(folder.resolve("root.pem"), chain.getLast());

        String verified =
                openssl(
                        "verify",
                        "-x509_strict",
                        "-purpose",
                        "sslserver",
                        "-CAfile",
                        root.toString(),
                        leaf.toString());
        openssl(
                "verify",
                "-x509_strict",
                "-purpose",
                "sslclient",
                "-CAfile",
                root.toString(),
                leaf.toString());
        String text = openssl("x509", "-noout", "-text", "-in", leaf.toString());

        assertThat(chain).hasSize(2);
        assertThat(verified).contains("leaf.pem: OK");
        assertThat(text)
                .containsOnlyOnce("URI:")
                .contains("URI:" + REVIEWS)
                .contains("X509v3 Subject Alternative Name: critical")
                .contains("TLS Web Server Authentication, TLS Web Client Authentication")
                .contains("Digital Signature")
                .contains("CA:FALSE")
                .contains("ecdsa-with-SHA256")
                .doesNotContain("DNS:");
        assertThat(authority.roots()).containsExactlyElementsOf(Pem.certificates(chain.getLast()));
    }

    @Test
    void takesTheIdentityFromTheTokenWhateverTheSubjectSays() throws Exception {
        var key = Requests.key();
        String csr =
                Requests.csr(
                        key,
                        key,
                        "SHA256withECDSA",
                        "CN=spiffe://cluster.local/ns/lateen-system/sa/lateen-manager",
                        new Wished(
                                Extension.subjectAlternativeName,
                                Requests.uris(REVIEWS.toString())));

        X509Certificate leaf = leaf(byToken(csr));

        assertThat(leaf.getSubjectX500Principal().getName()).isEmpty();
        assertThat(leaf.getSubjectAlternativeNames())
                .containsExactly(List.of(6, REVIEWS.toString()));
    }

    @Test
    void signsRsaAndP384KeysToo() throws Exception {
        var rsa = Requests.key("RSA", "2048");
        var p384 = Requests.key("EC", "secp384r1");

        assertThat(leaf(byToken(Requests.csr(rsa, rsa, "SHA256withRSA", ""))).getPublicKey())
                .isEqualTo(rsa.getPublic());
        assertThat(leaf(byToken(Requests.csr(p384, p384, "SHA384withECDSA", ""))).getPublicKey())
                .isEqualTo(p384.getPublic());
    }

    @Test
    void boundsTheLifetimeAndBackDatesTheBeginning() throws Exception {
        Instant now = Instant.now();

        X509Certificate open = leaf(byToken(new Request(Requests.csr(), 0)));
        X509Certificate minute = leaf(byToken(new Request(Requests.csr(), 60)));
        X509Certificate century = leaf(byToken(new Request(Requests.csr(), 3_153_600_000L)));

        assertThat(left(open, now))
                .isBetween(Duration.ofDays(1), Duration.ofDays(1).plusMinutes(1));
        assertThat(left(minute, now)).isBetween(Duration.ofSeconds(59), Duration.ofMinutes(2));
        assertThat(left(century, now))
                .isBetween(Duration.ofDays(2), Duration.ofDays(2).plusMinutes(1));
        assertThat(open.getNotBefore().toInstant())
                .isBefore(now.minus(Duration.ofMinutes(4)))
                .isAfter(now.minus(Duration.ofMinutes(6)));
    }

    @Test
    void drawsSerialNumbersThatNobodyGuesses() throws Exception {
        Set<String> serials = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            var serial = leaf(byToken(Requests.csr())).getSerialNumber();
            assertThat(serial.bitLength()).isEqualTo(127);
            serials.add(serial.toString(16).substring(0, 8));
        }

        assertThat(serials).hasSize(20);
    }

    @Test
    void renewsByTheCurrentCertificate() {
        CaClient client = client(Optional.of(authority.token("default", "bookinfo-reviews")));
        WorkloadCertificate first = issued(client.request(Optional.empty()));

        WorkloadCertificate second = issued(client(Optional.empty()).request(Optional.of(first)));

        assertThat(second.identity()).isEqualTo(REVIEWS);
        assertThat(second.leaf().getPublicKey()).isNotEqualTo(first.leaf().getPublicKey());
        assertThat(liveCertificate(first).get("renewed").asBoolean()).isTrue();
        assertThat(liveCertificate(second).get("renewed").asBoolean()).isFalse();
    }

    @Test
    void ofManyWhoPresentOneTokenAtOnceExactlyOneHasACertificate() throws Exception {
        String token = authority.token("default", "bookinfo-reviews");
        List<Callable<Answered>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Request request = new Request(Requests.csr(), 0);
            calls.add(() -> Requests.send(authority, Optional.of("Bearer " + token), request));
        }

        List<Answered> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Answered> each : threads.invokeAll(calls)) {
                answers.add(each.get());
            }
        }

        assertThat(answers).filteredOn(it -> !it.chain().isEmpty()).hasSize(1);
        assertThat(answers)
                .filteredOn(it -> it.chain().isEmpty())
                .hasSize(7)
                .allSatisfy(
                        it -> {
                            assertThat(it.status().getCode())
                                    .isEqualTo(Status.Code.UNAUTHENTICATED);
                            assertThat(it.status().getDescription()).contains("it was used at");
                        });
    }

    @Test
    void aTokenWhoseRequestIsRefusedCanBePresentedAgain() {
        String token = authority.token("default", "bookinfo-reviews");
        Optional<String> header = Optional.of("Bearer " + token);

        Answered refused = Requests.send(authority, header, new Request("nonsense", 0));
        Answered issued = Requests.send(authority, header, new Request(Requests.csr(), 0));

        assertThat(refused.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(issued.status().getCode()).isEqualTo(Status.Code.OK);
    }

    @Test
    void recordsWhoGotWhatWhenAndFromWhere() throws Exception {
        JsonNode token = authority.tokenAnswer("default", "bookinfo-reviews", "1h");
        Optional<String> header = Optional.of("Bearer " + token.get("token").asString());
        X509Certificate leaf =
                leaf(Requests.send(authority, header, new Request(Requests.csr(), 0)));
        Requests.send(authority, header, new Request(Requests.csr(), 0));

        JsonNode items = authority.get("/lateen/v1/issuances?limit=2").get("items");

        JsonNode replay = items.get(0);
        JsonNode issued = items.get(1);
        assertThat(issued.get("outcome").asString()).isEqualTo("issued");
        assertThat(issued.get("identity").asString()).isEqualTo(REVIEWS.toString());
        assertThat(issued.get("credential").asString()).isEqualTo("join-token");
        assertThat(issued.get("credentialName").asString()).isEqualTo(token.get("id").asString());
        assertThat(issued.get("from").asString()).isEqualTo("127.0.0.1");
        assertThat(issued.get("serial").asString()).isEqualTo(leaf.getSerialNumber().toString(16));
        assertThat(Instant.parse(issued.get("at").asString()))
                .isAfter(Instant.now().minusSeconds(60));
        assertThat(replay.get("outcome").asString()).isEqualTo("refused");
        assertThat(replay.get("reason").asString()).contains("it was used at");
        assertThat(
                        authority
                                .get(
                                        "/lateen/v1/issuances?limit=1&before="
                                                + replay.get("id").asLong())
                                .get("items")
                                .get(0)
                                .get("id")
                                .asLong())
                .isEqualTo(issued.get("id").asLong());
    }

    @Test
    void doesNotLetStrangersWriteTheRecord() {
        long last = lastIssuance();

        Requests.send(authority, Optional.of("Bearer guessed"), new Request(Requests.csr(), 0));
        Requests.send(authority, Optional.empty(), new Request(Requests.csr(), 0));

        assertThat(lastIssuance()).isEqualTo(last);
    }

    @Test
    void theRecordIsNotRewritten() throws Exception {
        leaf(byToken(Requests.csr()));
        JdbcClient jdbc = authority.bean(JdbcClient.class);

        for (String statement :
                List.of(
                        "update issuance set identity = 'x'",
                        "delete from issuance",
                        "truncate issuance")) {
            assertThatThrownBy(() -> jdbc.sql(statement).update())
                    .isInstanceOf(DataAccessException.class)
                    .hasMessageContaining("expected insert");
        }
    }

    private static Answered byToken(String csr) {
        return byToken(new Request(csr, 0));
    }

    private static Answered byToken(Request request) {
        String token = authority.token("default", "bookinfo-reviews");
        Answered answered = Requests.send(authority, Optional.of("Bearer " + token), request);
        assertThat(answered.status().getDescription()).isNull();
        return answered;
    }

    private static X509Certificate leaf(Answered answered) throws Exception {
        return Pem.certificates(answered.chain().getFirst()).getFirst();
    }

    private static Duration left(X509Certificate certificate, Instant now) {
        return Duration.between(now, certificate.getNotAfter().toInstant().plusSeconds(1));
    }

    private static CaClient client(Optional<String> token) {
        return new CaClient(
                authority.settings(token, Optional.of(REVIEWS)),
                InstantSource.system(),
                new SecureRandom(),
                it -> it);
    }

    private static WorkloadCertificate issued(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Issued.class);
        return ((Answer.Issued) answer).certificate();
    }

    private static JsonNode liveCertificate(WorkloadCertificate certificate) {
        String serial = certificate.leaf().getSerialNumber().toString(16);
        for (JsonNode each : authority.get("/lateen/v1/certificates").get("items")) {
            if (each.get("serial").asString().equals(serial)) {
                return each;
            }
        }
        throw new AssertionError("not among those in force: " + serial);
    }

    private static long lastIssuance() {
        return authority.get("/lateen/v1/issuances?limit=1").get("items").get(0).get("id").asLong();
    }

    private static String openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String seen = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(seen).isZero();
        return seen;
    }
}

package io.lateen.authca;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.lateen.identity.WorkloadCertificate;
import io.lateen.identity.ca.CaClient;
import io.lateen.identity.ca.CaSettings;
import io.lateen.identity.ca.CertificateProtocol.Request;
import io.lateen.identity.ca.CertificateRenewal;
import io.lateen.model.identity.SpiffeId;
import io.lateen.model.identity.TrustDomain;
import io.lateen.testkit.clock.ManualClock;
import io.lateen.testkit.clock.ManualScheduler;
import io.lateen.testkit.postgres.EmbeddedDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts, restarts, replicas, and the passing of time. */
class LifeTest {

    private static final SpiffeId REVIEWS = new SpiffeId(TrustDomain.DEFAULT, "default", "reviews");

    @TempDir private Path state;
    @TempDir private Path otherState;

    @Test
    void keepsItsRootOverARestart() throws Exception {
        String database = EmbeddedDatabase.fresh();
        List<X509Certificate> before;
        try (RunningAuthority authority = RunningAuthority.on(database, state)) {
            before = authority.roots();
        }
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(state.resolve("auth-ca-key"))))
                .isEqualTo("rw-------");

        try (RunningAuthority authority = RunningAuthority.on(database, state)) {
            assertThat(authority.roots()).isEqualTo(before);
        }
    }

    @Test
    void replicasThatStartAtOnceShareOneRoot() throws Exception {
        String database = EmbeddedDatabase.fresh();
        String key = "--lateen.encryption-key=" + Base64.getEncoder().encodeToString(new byte[32]);
        List<RunningAuthority> replicas = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<RunningAuthority>> starting =
                    List.of(
                            threads.submit(() -> RunningAuthority.on(database, state, key)),
                            threads.submit(() -> RunningAuthority.on(database, otherState, key)));
            for (Future<RunningAuthority> each : starting) {
                replicas.add(each.get());
            }

            assertThat(replicas.get(0).roots()).isEqualTo(replicas.get(1).roots());
            String token = replicas.get(0).token("default", "reviews");
            Optional<String> header = Optional.of("Bearer " + token);
            assertThat(
                            Requests.send(replicas.get(1), header, new Request(Requests.csr(), 0))
                                    .status())
                    .as("a token of one is good at the other")
                    .isEqualTo(Status.OK);
            assertThat(
                            Requests.send(replicas.get(0), header, new Request(Requests.csr(), 0))
                                    .status()
                                    .getDescription())
                    .as("and then used up at both")
                    .contains("it was used at");
        } finally {
            replicas.forEach(RunningAuthority::close);
        }
    }

    @Test
    void doesNotStartWithAnotherKeyOrWithout() throws Exception {
        String database = EmbeddedDatabase.fresh();
        RunningAuthority.on(database, state).close();

        String without = refusedStart(database);
        Files.writeString(
                otherState.resolve("auth-ca-key"),
                Base64.getEncoder().encodeToString(new byte[32]));
        String wrong = refusedStart(database);
        Files.writeString(otherState.resolve("auth-ca-key"), "too short");
        String unusable = refusedStart(database);

        assertThat(without)
                .isEqualTo(
                        "lateen-auth-ca: the database holds a root, but there is no key to open it:"
                                + " found neither LATEEN_ENCRYPTION_KEY nor the file "
                                + otherState.resolve("auth-ca-key")
                                + "; put the key there that was in use when the root was made.\n");
        assertThat(wrong)
                .isEqualTo(
                        "lateen-auth-ca: the root in the database cannot be opened with the key of "
                                + otherState.resolve("auth-ca-key")
                                + ": it was sealed with another one; give the key that was in use"
                                + " when the root was made.\n");
        assertThat(unusable).contains("expected 32 random bytes in Base64").hasLineCount(1);
    }

    @Test
    void aTokenRunsOut() {
        ManualClock clock = new ManualClock(Instant.parse("2026-11-24T12:00:00Z"));
        try (RunningAuthority authority =
                RunningAuthority.on(clock, EmbeddedDatabase.fresh(), state)) {
            CaSettings settings =
                    authority.settings(
                            Optional.of(authority.token("default", "reviews")),
                            Optional.of(REVIEWS));
            clock.advance(Duration.ofHours(1));

            var answer =
                    new CaClient(settings, clock, new SecureRandom(), it -> it)
                            .request(Optional.empty());

            assertThat(answer.toString())
                    .contains("Refused")
                    .contains("it ran out at 2026-11-24T13:00:00Z");
        }
    }

    /** Real sockets, real signatures; the time is scripted at both ends. */
    @Test
    void certificatesOfAMinuteAreRenewedInTimeForAnHour() {
        ManualClock clock = new ManualClock(Instant.parse("2026-11-24T12:00:00Z"));
        ManualScheduler scheduler = new ManualScheduler(clock);
        try (RunningAuthority authority =
                RunningAuthority.on(clock, EmbeddedDatabase.fresh(), state)) {
            SecureRandom random = new SecureRandom();
            CaSettings settings =
                    authority.settings(
                            Optional.of(authority.token("default", "reviews")),
                            Optional.of(REVIEWS),
                            Optional.of(Duration.ofMinutes(1)));
            CertificateRenewal renewal =
                    new CertificateRenewal(
                            new CaClient(settings, clock, random, it -> it),
                            Optional.empty(),
                            new CertificateRenewal.Surroundings(
                                    clock, random::nextDouble, scheduler::schedule));
            renewal.start();
            scheduler.runDue();
            Set<String> serials = new HashSet<>();

            for (int second = 0; second < 3600; second += 5) {
                scheduler.advance(Duration.ofSeconds(5));
                WorkloadCertificate now = renewal.current().orElseThrow();
                assertThat(now.notAfter())
                        .as("after " + second + "s: " + renewal.standing())
                        .isAfter(clock.instant().plusSeconds(20));
                serials.add(now.leaf().getSerialNumber().toString(16));
            }

            assertThat(serials).hasSizeBetween(100, 140);
            assertThat(authority.get("/lateen/v1/certificates").get("items"))
                    .as("two of the workload at most, and the authority's own")
                    .hasSizeBetween(2, 3);
        }
    }

    private String refusedStart(String database) throws Exception {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.lateen.authca.AuthCa",
                                "--database-url=" + database,
                                "--lateen.state-directory=" + otherState,
                                "--server.port=0",
                                "--lateen.grpc-port=0",
                                "--logging.level.root=OFF",
                                "--logging.level.io.lateen=OFF")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        return said;
    }
}

package io.lateen.identity.ca;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.identity.CertificateFolder;
import io.lateen.identity.WorkloadCertificate;
import io.lateen.identity.ca.CertificateAuthority.Answer;
import io.lateen.testkit.certificate.ScriptedAuthority;
import io.lateen.testkit.certificate.ScriptedAuthority.Wish;
import io.lateen.testkit.clock.ManualClock;
import io.lateen.testkit.clock.ManualScheduler;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateRenewalTest {

    private static final Instant START = Instant.parse("2026-11-24T12:00:00Z");
    private static final String REVIEWS = "spiffe://cluster.local/ns/default/sa/reviews";
    private static final ScriptedAuthority ROOT = ScriptedAuthority.root("cluster.local", START);

    private final ManualClock clock = new ManualClock(START);
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final List<Instant> asked = new ArrayList<>();
    private final List<Optional<WorkloadCertificate>> shown = new ArrayList<>();
    private Duration lifetime = Duration.ofHours(24);
    private double chance = 0.5;
    private boolean known = true;
    private Optional<Answer> refusal = Optional.empty();

    @TempDir private Path folder;

    @Test
    void asksForTheFirstCertificateAtOnceAndTellsOfIt() {
        CertificateRenewal renewal = renewal(Optional.empty());
        List<WorkloadCertificate> heard = new ArrayList<>();
        renewal.subscribe(heard::add);

        renewal.start();
        scheduler.runDue();

        assertThat(asked).containsExactly(START);
        assertThat(shown).containsExactly(Optional.empty());
        assertThat(heard).hasSize(1);
        assertThat(renewal.current()).contains(heard.getFirst());
    }

    @Test
    void renewsAtHalfOfTheLifeGiveOrTakeATwentieth() {
        for (double each : new double[] {0, 0.5, 1}) {
            asked.clear();
            chance = each;
            Instant begin = clock.instant();
            CertificateRenewal renewal = renewal(Optional.empty());
            renewal.start();
            Duration expected = Duration.ofMinutes(Math.round(24 * 60 * (0.45 + 0.1 * each)));

            scheduler.advance(expected.minusSeconds(1));
            assertThat(asked).as("before the moment, chance=" + each).hasSize(1);
            scheduler.advance(Duration.ofSeconds(1));

            assertThat(asked).containsExactly(begin, begin.plus(expected));
            renewal.close();
            scheduler.advance(Duration.ofMinutes(2));
        }
    }

    @Test
    void showsTheOldCertificateToHaveTheNextAndTellsOfEach() {
        CertificateRenewal renewal = renewal(Optional.empty());
        List<WorkloadCertificate> heard = new ArrayList<>();
        renewal.start();
        scheduler.runDue();
        WorkloadCertificate first = renewal.current().orElseThrow();
        renewal.subscribe(heard::add);

        scheduler.advance(Duration.ofHours(13));

        assertThat(shown).containsExactly(Optional.empty(), Optional.of(first));
        assertThat(heard).hasSize(2).startsWith(first);
        assertThat(renewal.current()).contains(heard.get(1));
        assertThat(heard.get(1).key()).isNotEqualTo(first.key());
    }

    @Test
    void goesOnWithLivesOfAMinute() {
        lifetime = Duration.ofMinutes(1);
        CertificateRenewal renewal = renewal(Optional.empty());
        renewal.start();
        scheduler.runDue();

        for (int second = 0; second < 600; second++) {
            scheduler.advance(Duration.ofSeconds(1));
            assertThat(renewal.current().orElseThrow().notAfter())
                    .as("in force after " + second + "s")
                    .isAfter(clock.instant().plusSeconds(25));
        }

        assertThat(asked).hasSizeBetween(20, 22);
    }

    @Test
    void asksAgainAfterPausesThatGrowToAMinuteAndNeverGivesUp() {
        refusal = Optional.of(new Answer.Unreachable("nobody listens"));
        chance = 1;
        CertificateRenewal renewal = renewal(Optional.empty());
        renewal.start();

        scheduler.advance(Duration.ofMinutes(1));
        assertThat(pauses())
                .startsWith(500L, 1_000L, 2_000L, 4_000L, 8_000L, 16_000L)
                .hasSizeLessThan(8);
        scheduler.advance(Duration.ofHours(10));
        assertThat(pauses()).endsWith(60_000L, 60_000L, 60_000L);
        assertThat(renewal.standing().failures()).isGreaterThan(500);
        assertThat(renewal.standing().lastFailure()).isEqualTo("nobody listens");
        refusal = Optional.empty();
        scheduler.advance(Duration.ofMinutes(1));

        assertThat(renewal.current()).isPresent();
        assertThat(renewal.standing()).isEqualTo(new CertificateRenewal.Standing(1, 0, ""));
    }

    @Test
    void keepsWhatIsInForceWhileItIsRefused() {
        CertificateRenewal renewal = renewal(Optional.empty());
        renewal.start();
        scheduler.runDue();
        WorkloadCertificate first = renewal.current().orElseThrow();
        refusal = Optional.of(new Answer.Refused("not you"));

        scheduler.advance(Duration.ofHours(30));

        assertThat(renewal.current()).contains(first);
        assertThat(renewal.standing().lastFailure()).isEqualTo("not you");
        refusal = Optional.empty();
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(renewal.current()).isPresent().isNotEqualTo(Optional.of(first));
    }

    @Test
    void noticesThatTheMachineSlept() {
        renewal(Optional.empty()).start();
        scheduler.runDue();

        // The clock jumps; the timer does not know.
        clock.advance(Duration.ofHours(20));
        scheduler.advance(Duration.ofMinutes(1));

        assertThat(asked).hasSize(2);
    }

    @Test
    void asksWithAPauseEvenWhenACertificateHasRunOutByItsClock() {
        lifetime = Duration.ofMinutes(-5);
        renewal(Optional.empty()).start();

        scheduler.advance(Duration.ofSeconds(10));

        assertThat(asked).hasSizeBetween(2, 21);
    }

    @Test
    void goesByTheSavedCertificateAfterARestart() {
        CertificateFolder place = new CertificateFolder(folder.resolve("identity"));
        CertificateRenewal before = renewal(Optional.of(place));
        before.start();
        scheduler.runDue();
        before.close();
        asked.clear();

        CertificateRenewal after = renewal(Optional.of(place));
        after.start();
        scheduler.runDue();

        assertThat(asked).isEmpty();
        assertThat(after.current()).isEqualTo(before.current());
    }

    @Test
    void asksForANewCertificateWhenTheSavedOneHasRunOut() {
        CertificateFolder place = new CertificateFolder(folder.resolve("identity"));
        CertificateRenewal before = renewal(Optional.of(place));
        before.start();
        scheduler.runDue();
        before.close();
        scheduler.advance(Duration.ofHours(25));
        shown.clear();

        renewal(Optional.of(place)).start();
        scheduler.runDue();

        assertThat(shown).containsExactly(Optional.empty());
    }

    @Test
    void asksForANewCertificateWhenTheAuthorityDoesNotKnowTheSavedOne() {
        CertificateFolder place = new CertificateFolder(folder.resolve("identity"));
        CertificateRenewal before = renewal(Optional.of(place));
        before.start();
        scheduler.runDue();
        before.close();
        shown.clear();

        known = false;
        renewal(Optional.of(place)).start();
        scheduler.runDue();

        assertThat(shown).containsExactly(Optional.empty());
    }

    private CertificateRenewal renewal(Optional<CertificateFolder> place) {
        return new CertificateRenewal(
                new CertificateAuthority() {
                    @Override
                    public Answer request(Optional<WorkloadCertificate> current) {
                        return answer(current);
                    }

                    @Override
                    public boolean knows(WorkloadCertificate saved) {
                        return known;
                    }
                },
                place,
                new CertificateRenewal.Surroundings(clock, () -> chance, scheduler::schedule));
    }

    private Answer answer(Optional<WorkloadCertificate> current) {
        asked.add(clock.instant());
        shown.add(current);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Wish wish =
                Wish.workload(REVIEWS, START)
                        .between(
                                clock.instant().minus(Duration.ofMinutes(10)),
                                clock.instant().plus(lifetime));
        ScriptedAuthority.Leaf leaf = ROOT.issue(wish);
        try {
            return new Answer.Issued(
                    WorkloadCertificate.of(leaf.key(), leaf.chain(), List.of(ROOT.certificate())));
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Long> pauses() {
        List<Long> pauses = new ArrayList<>();
        for (int i = 1; i < asked.size(); i++) {
            pauses.add(Duration.between(asked.get(i - 1), asked.get(i)).toMillis());
        }
        return pauses;
    }
}

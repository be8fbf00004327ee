package io.lateen.sidecar.ads;

import static org.assertj.core.api.Assertions.assertThat;

import io.lateen.testkit.clock.ManualClock;
import io.lateen.testkit.clock.ManualScheduler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checklist E35: what a sidecar that is killed comes back with. */
class LastGoodSavingTest {

    @TempDir Path folder;

    private final ManualClock clock = new ManualClock(Instant.EPOCH);
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private LastGoodSaving saving =
            new LastGoodSaving(new LastGoodFile(Path.of("."), "n"), (_, _) -> {}, () -> 0, () -> 0);

    @BeforeEach
    void begin() {
        saving =
                new LastGoodSaving(
                        new LastGoodFile(folder, "node-1"),
                        (work, after) -> scheduler.schedule(after, work),
                        () -> clock.instant().toEpochMilli() * 1_000_000,
                        () -> clock.instant().toEpochMilli());
    }

    @Test
    void aChangeIsOnDiskAFewMillisecondsLater() {
        change(7);
        scheduler.advance(Duration.ofMillis(50));

        assertThat(saved()).isEqualTo(7);
    }

    @Test
    void ofABurstTheFirstIsSavedAtOnceAndTheLastWithinASecond() {
        for (int i = 1; i <= 500; i++) {
            change(i);
            scheduler.advance(Duration.ofMillis(10));
        }
        assertThat(saved()).as("at most a second old").isGreaterThanOrEqualTo(399);

        scheduler.advance(Duration.ofSeconds(1));
        assertThat(saved()).isEqualTo(500);
        assertThat(scheduler.pending()).as("nothing is left to do").isZero();
    }

    @Test
    void whatComesTogetherIsSavedTogether() {
        change(1);
        change(2);
        assertThat(scheduler.pending()).isOne();
        change(3);
        scheduler.advance(Duration.ofMillis(50));

        assertThat(saved()).isEqualTo(3);
    }

    @Test
    void anEndDoesNotWait() {
        change(9);
        saving.now();

        assertThat(saved()).isEqualTo(9);
    }

    private void change(long revision) {
        saving.changed(new AcceptedResources(), revision);
    }

    private long saved() {
        return new LastGoodFile(folder, "node-1")
                .load()
                .map(LastGoodFile.Saved::revision)
                .orElse(0L);
    }
}

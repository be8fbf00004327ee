package io.lateen.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLedgerTest {

    private static final Duration GRACE = Duration.ofSeconds(5);

    @TempDir private Path folder;

    @Test
    void endsWhatIsStillRunningAndNothingElse() throws Exception {
        ProcessLedger ledger = new ProcessLedger(folder.resolve("processes"));
        Process ours = new ProcessBuilder("sleep", "60").start();
        Process ended = new ProcessBuilder("true").start();
        Process foreign = new ProcessBuilder("sleep", "60").start();
        ledger.add("ours", ours.toHandle());
        ledger.add("ended", ended.toHandle());
        ended.waitFor();
        // The id of a process that started at another time: it was handed on since.
        Files.writeString(
                folder.resolve("processes"),
                Files.readString(folder.resolve("processes"))
                        + foreign.pid()
                        + " 1000000000000 foreign\n");

        assertThat(ledger.endLeftovers(GRACE)).containsExactly("ours");

        assertThat(ours.isAlive()).isFalse();
        assertThat(foreign.isAlive()).isTrue();
        assertThat(folder.resolve("processes")).doesNotExist();
        foreign.destroyForcibly();
    }

    @Test
    void killsWhatDoesNotEndWhenAsked() throws Exception {
        ProcessLedger ledger = new ProcessLedger(folder.resolve("processes"));
        Process deaf =
                new ProcessBuilder("sh", "-c", "trap '' TERM; echo set; sleep 60 & wait; wait")
                        .start();
        assertThat(deaf.inputReader().readLine()).isEqualTo("set");
        ledger.add("deaf", deaf.toHandle());

        ledger.endLeftovers(Duration.ofMillis(200));

        assertThat(deaf.waitFor()).isEqualTo(137);
    }
}
